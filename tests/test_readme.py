"""What the README and the docs say is true of the code."""

import re
from pathlib import Path

import pytest

from adapters.settings import Settings
from adapters.slack.manifest import manifest
from bot.commands.table import COMMANDS
from bot.knowledge import Knowledge

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV = (ROOT / ".env.example").read_text(encoding="utf-8")


def test_the_command_table_is_that_of_the_code(knowledge: Knowledge) -> None:
    section = README.partition("## Commands")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (.+?) \|$", section, re.MULTILINE)
    assert rows == [
        (
            f"{knowledge.say(f'command.{command.id}', 'en')} {command.takes}".strip(),
            knowledge.say(f"command.{command.id}", "fr"),
            knowledge.say(f"help.{command.id}", "en"),
        )
        for command in sorted(COMMANDS, key=lambda command: command.id != "help")
        if command.group
    ]


def test_the_first_two_blocks_are_one_line_each() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert blocks[0].count("\n") == blocks[1].count("\n") == 1
    assert blocks[0].rstrip().endswith("ally chat")
    assert "pytest" in blocks[1]


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name.upper()}`" in README
    assert re.search(rf"^(# )?{name.upper()}=", ENV, re.MULTILINE)


def test_no_setting_is_documented_that_is_none() -> None:
    documented = set(re.findall(r"^(?:# )?([A-Z_]+)=", ENV, re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}


def test_every_scope_has_its_reason() -> None:
    scopes = manifest("https://ally.example.org", mentions=True, direct=True, nudges=True)
    documented = re.findall(
        r"^\| `([\w:.]+)` \| (always|optional) \| .+ \|$",
        (ROOT / "docs" / "scopes.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    asked = scopes["oauth_config"]["scopes"]
    assert [scope for scope, _ in documented] == asked["bot"]
    assert [scope for scope, when in documented if when == "optional"] == asked["bot_optional"]


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!https?:)[^)#]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
