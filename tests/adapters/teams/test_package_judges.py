"""The package for Teams before judges that are not ours: the published schemas.

`ALLY_SCHEMAS` names a folder with the schema of the manifest; `ALLY_NODE` one with node_modules
that hold @microsoft/app-manifest, whose schemas are asked through the validator it comes with.
"""

import json
import os
import subprocess
from itertools import product
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from jsonschema import Draft4Validator

from adapters.cli import main

pytestmark = pytest.mark.judges

VALIDATE = """\
const Ajv = require("ajv-draft-04");
const ajv = new Ajv({ allErrors: true, strictTypes: false, unicodeRegExp: false });
require("ajv-formats")(ajv, ["uri", "email", "regex"]);
const { schema, documents } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const validate = ajv.compile(schema);
console.log(JSON.stringify(documents.map((document) => (validate(document), validate.errors))));
"""


def packages(folder: Path) -> list[ZipFile]:
    """The package for each kind of server there can be."""
    made = []
    for number, (url, *chosen) in enumerate(
        product(
            ("https://ally.example.org", "https://a.test:8443/below/"),
            ("--targeted", "--no-targeted"),
            ("--nudges", "--no-nudges"),
        )
    ):
        out = str(folder / f"{number}.zip")
        bot = "0A0a0a0a-1111-4222-8333-444444444444"
        arguments = ["--url", url, "--app-id", bot, *chosen, "--out", out]
        ended = CliRunner().invoke(main, ["teams", "package", *arguments])
        assert ended.exit_code == 0, ended.output
        made.append(ZipFile(out))
    return made


def documents(folder: Path, name: str) -> list[dict[str, Any]]:
    """Good ones of each package, and at the end some that have to be refused."""
    good = [json.loads(package.read(name)) for package in packages(folder)]
    if name == "manifest.json":
        long = {**good[0], "name": {"short": 31 * "x"}}
        bots = [{**bot, "commandLists": 4 * bot["commandLists"]} for bot in good[0]["bots"]]
        return [*good, long, {**good[0], "colour": "red"}, {**good[0], "bots": bots}]
    unknown = {**good[0], "bots[0].commandLists[0].commands[12].title": "x"}
    missing = {key: text for key, text in good[0].items() if key != "description.full"}
    return [*good, unknown, missing, {**good[0], "description.short": 81 * "x"}]


VERDICT = [True] * 8 + [False] * 3


@pytest.fixture
def node() -> Path:
    folder = os.environ.get("ALLY_NODE")
    if not folder or not (Path(folder) / "node_modules/@microsoft/app-manifest").is_dir():
        pytest.skip("ALLY_NODE names no folder with @microsoft/app-manifest")
    return Path(folder)


def test_the_manifest_keeps_the_published_schema(tmp_path: Path):
    folder = os.environ.get("ALLY_SCHEMAS")
    if not folder:
        pytest.skip("ALLY_SCHEMAS names no folder with teams_manifest_v1.29.schema.json")
    text = (Path(folder) / "teams_manifest_v1.29.schema.json").read_text(encoding="utf-8")
    judge = Draft4Validator(json.loads(text))
    judged = documents(tmp_path, "manifest.json")
    assert [judge.is_valid(document) for document in judged] == VERDICT


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("manifest.json", "MicrosoftTeams.schema.json"),
        ("fr.json", "MicrosoftTeams.Localization.schema.json"),
    ],
)
def test_the_makers_of_the_schemas_take_it(name: str, schema: str, node: Path, tmp_path: Path):
    folder = node / "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.29"
    asked = {
        "schema": json.loads((folder / schema).read_text(encoding="utf-8")),
        "documents": documents(tmp_path, name),
    }
    ended = subprocess.run(
        ["node", "-e", VALIDATE],
        input=json.dumps(asked),
        cwd=node,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    errors = json.loads(ended.stdout)
    assert [found is None for found in errors] == VERDICT, errors
