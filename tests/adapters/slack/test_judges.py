"""Everything the bot can say, before judges that are not ours: Slack's types and its schema.

`ALLY_NODE` names a folder with node_modules that hold typescript and @slack/types; `ALLY_SCHEMAS`
one with Slack's manifest schema.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator, validators

from adapters.cli import main
from adapters.slack.render import render
from bot.knowledge import Knowledge
from tests.adapters.slack.judging import faults
from tests.walk import reachable

MESSAGE = """\
import type { HeaderBlock, SectionBlock, ContextBlock, ActionsBlock } from "@slack/types";
type Block = HeaderBlock | SectionBlock | ContextBlock | ActionsBlock;
type Message = { text: string; blocks: Block[] };
"""


def messages(knowledge: Knowledge) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each reachable reply looks like in Slack, each look once, with what leads to it."""
    seen = set()
    for request, outcome in reachable(knowledge):
        for reply in filter(None, (outcome.reply, outcome.shared)):
            message = render(reply)
            look = json.dumps(message)
            if look not in seen:
                seen.add(look)
                yield request.text, message


def test_everything_that_can_be_said_keeps_slacks_limits(knowledge: Knowledge):
    links = {resource.url for resource in knowledge.resources.values() if resource.url}
    judged = [
        (text, faults(message, links, sharers={"test:walker"}))
        for text, message in messages(knowledge)
    ]
    assert len(judged) > 1000
    assert [(text, found) for text, found in judged if found] == []


@pytest.fixture
def node() -> Path:
    folder = os.environ.get("ALLY_NODE")
    if not folder:
        pytest.skip("ALLY_NODE names no folder with typescript and @slack/types")
    return Path(folder)


def compile_(node: Path, folder: Path, statements: Iterator[str]) -> str:
    """What TypeScript has to say about some statements."""
    (folder / "node_modules").symlink_to(node / "node_modules")
    source = folder / "messages.ts"
    source.write_text(MESSAGE + "\n".join(statements))
    options = "--noEmit --strict --skipLibCheck --module esnext --moduleResolution bundler".split()
    ended = subprocess.run(
        [node / "node_modules/.bin/tsc", *options, source],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ended.returncode == 0) is (ended.stdout == "")
    return ended.stdout


@pytest.mark.judges
def test_everything_that_can_be_said_is_of_slacks_types(
    node: Path, tmp_path: Path, knowledge: Knowledge
):
    statements = (
        f"const m{number}: Message = {json.dumps(message)};"
        for number, (_, message) in enumerate(messages(knowledge))
    )
    assert compile_(node, tmp_path, statements) == ""


@pytest.mark.judges
@pytest.mark.parametrize(
    "block",
    [
        {"type": "sektion", "text": {"type": "plain_text", "text": "x"}},
        {"type": "section", "text": {"type": "plain_text"}},
        {"type": "header", "text": {"type": "mrkdwn", "text": "x"}},
        {"type": "header", "text": {"type": "plain_text", "text": "x"}, "colour": "red"},
        {"type": "actions", "elements": [{"type": "button", "value": "x"}]},
    ],
    ids=["unknown type", "no text", "wrong text", "unknown field", "no label"],
)
def test_the_judge_of_types_sees_what_is_wrong(node: Path, tmp_path: Path, block: dict[str, Any]):
    statement = f'const m: Message = {{"text": "x", "blocks": [{json.dumps(block)}]}};'
    assert "error TS" in compile_(node, tmp_path, iter([statement]))


@pytest.fixture
def schema() -> dict[str, Any]:
    folder = os.environ.get("ALLY_SCHEMAS")
    if not folder:
        pytest.skip("ALLY_SCHEMAS names no folder with slack_manifest_v2.schema.json")
    return dict(json.loads((Path(folder) / "slack_manifest_v2.schema.json").read_text()))


def problems(schema: dict[str, Any], manifest: Any) -> list[str]:
    judge = validators.validator_for(schema, default=Draft202012Validator)(schema)
    return [f"{list(problem.path)}: {problem.message}" for problem in judge.iter_errors(manifest)]


@pytest.mark.judges
@pytest.mark.parametrize(
    "options",
    list(
        product(
            (("--url", "https://ally.example.org"), ("--url", "https://a.test/"), ("--socket",)),
            ("--mentions", "--no-mentions"),
            ("--direct", "--no-direct"),
        )
    ),
    ids=str,
)
def test_every_manifest_is_one_that_slack_takes(schema: dict[str, Any], options: Any):
    where, mentions, direct = options
    ended = CliRunner().invoke(main, ["slack", "manifest", *where, mentions, direct])
    assert ended.exit_code == 0, ended.output
    assert problems(schema, json.loads(ended.output)) == []


@pytest.mark.judges
def test_the_judge_of_manifests_sees_what_is_wrong(schema: dict[str, Any]):
    ended = CliRunner().invoke(main, ["slack", "manifest", "--socket"])
    good = json.loads(ended.output)
    long = {**good, "display_information": {"name": 36 * "x"}}
    assert problems(schema, long)
    assert problems(schema, {**good, "colour": "red"})
