"""Figures are printed as they are measured, and fail where they miss their aim."""

from collections.abc import Callable

import pytest

Figure = Callable[..., None]


@pytest.fixture
def figure(capsys: pytest.CaptureFixture[str]) -> Figure:
    """Print a figure and hold it to its aim."""

    def hold(
        what: str, value: float, *, at_least: float | None = None, at_most: float | None = None
    ) -> None:
        aim = f"at least {at_least:g}" if at_least is not None else f"at most {at_most:g}"
        with capsys.disabled():
            print(f"\n    {what}: {value:.3g} (aim: {aim})")  # noqa: T201
        assert at_least is None or value >= at_least, what
        assert at_most is None or value <= at_most, what

    return hold
