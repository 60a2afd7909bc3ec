"""The pages of a small server of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from adapters.content import Content
from tests.adapters.web.visiting import HOUSE, visiting


@pytest.fixture(scope="session")
def content() -> Content:
    return Content()


@pytest.fixture
def house(tmp_path: Path) -> Content:
    """What ships, with contacts that somebody hostile wrote."""
    (tmp_path / "resources.yaml").write_text(HOUSE, encoding="utf-8")
    return Content(tmp_path)


@pytest.fixture
async def browser(content: Content) -> AsyncIterator[ClientSession]:
    async with visiting(content) as session:
        yield session
