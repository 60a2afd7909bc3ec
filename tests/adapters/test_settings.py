"""Settings: what is read, what is refused, and that a problem is named without its secrets."""

from pathlib import Path

import pytest

from adapters.settings import Settings, SettingsError, read_settings

TOKEN, SECRET, APP = "xoxb-1-canary", "secret-canary", "xapp-1-canary"
SLACK = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty environment, and no .env file about."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch):
    def with_(**settings: str) -> Settings:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        return read_settings()

    return with_


def test_nothing_has_to_be_set(read):
    settings = read()
    assert (settings.port, settings.host, settings.ally_env) == (3000, "127.0.0.1", "production")
    assert not settings.slack
    assert settings.slack_api_url == "https://slack.com/api/"


def test_what_is_set_is_read(read, tmp_path: Path):
    settings = read(
        **SLACK,
        PORT="8080",
        HOST="0.0.0.0",
        ALLY_KNOWLEDGE=str(tmp_path),
        ALLY_PUBLIC_URL="https://ally.example.org",
        ALLY_LOG_LEVEL="DEBUG",
        SLACK_API_URL="https://slack-gov.com/api/",
    )
    assert (settings.port, settings.host) == (8080, "0.0.0.0")
    assert settings.ally_knowledge == tmp_path
    assert settings.slack


def test_an_empty_setting_is_no_setting(read):
    settings = read(**dict.fromkeys(NAMES, ""))
    assert settings == Settings()


def test_socket_mode_needs_no_signing_secret(read):
    assert read(SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN=APP).slack


def test_a_rotated_token_is_a_bot_token(read):
    assert read(**SLACK | {"SLACK_BOT_TOKEN": "xoxe.xoxb-1-x"}).slack


def test_settings_may_stand_in_a_file(tmp_path: Path, read):
    (tmp_path / ".env").write_text(
        f"# a comment\nSLACK_BOT_TOKEN={TOKEN}\nSLACK_SIGNING_SECRET='{SECRET}'\nUNKNOWN=1\n"
    )
    assert read(PORT="1").slack


WRONG = [
    pytest.param({"SLACK_BOT_TOKEN": TOKEN}, ["SLACK_SIGNING_SECRET"], id="no secret"),
    pytest.param({"SLACK_SIGNING_SECRET": SECRET}, ["SLACK_BOT_TOKEN"], id="no token"),
    pytest.param({"SLACK_APP_TOKEN": APP}, ["SLACK_BOT_TOKEN"], id="an app token alone"),
    pytest.param(SLACK | {"SLACK_BOT_TOKEN": "xoxp-1"}, ["SLACK_BOT_TOKEN"], id="a user token"),
    pytest.param(SLACK | {"SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN"], id="not an app token"),
    pytest.param({"PORT": "-1"}, ["PORT"], id="port below zero"),
    pytest.param({"PORT": "65536"}, ["PORT"], id="port too high"),
    pytest.param({"PORT": "$PORT"}, ["PORT"], id="port not filled in"),
    pytest.param({"ALLY_ENV": "prod"}, ["ALLY_ENV"], id="no such environment"),
    pytest.param({"ALLY_LOG_LEVEL": "loud"}, ["ALLY_LOG_LEVEL"], id="no such level"),
    pytest.param(
        {"PORT": "x", "ALLY_ENV": "x", "ALLY_LOG_LEVEL": "x"},
        ["PORT", "ALLY_ENV", "ALLY_LOG_LEVEL"],
        id="all types at once",
    ),
    pytest.param(
        {
            "SLACK_APP_TOKEN": "x",
            "ALLY_ALLOWED_HOSTS": "x:1",
            "ALLY_PUBLIC_URL": "x",
            "ALLY_KNOWLEDGE": "/nowhere",
            "SLACK_API_URL": "https://x.test/api/",
        },
        [
            "SLACK_BOT_TOKEN",
            "SLACK_APP_TOKEN",
            "ALLY_ALLOWED_HOSTS",
            "ALLY_PUBLIC_URL",
            "ALLY_KNOWLEDGE",
            "SLACK_API_URL",
        ],
        id="all contradictions at once",
    ),
]


@pytest.mark.parametrize(("settings", "named"), WRONG)
def test_every_problem_is_named_at_once(read, settings: dict[str, str], named: list[str]):
    with pytest.raises(SettingsError) as raised:
        read(**settings)
    assert len(raised.value.problems) == len(named)
    for name in named:
        assert any(problem.startswith(name) for problem in raised.value.problems), name


@pytest.mark.parametrize("url", ["http://ally.example.org", "ally.example.org", "https://", "x"])
def test_the_public_address_is_https(read, url: str):
    for environment in ("production", "test"):
        with pytest.raises(SettingsError, match="ALLY_PUBLIC_URL"):
            read(ALLY_PUBLIC_URL=url, ALLY_ENV=environment)


def test_the_public_address_of_a_test_may_be_this_machine(read):
    here = "http://127.0.0.1:3000"
    assert read(ALLY_PUBLIC_URL=here, ALLY_ENV="test").ally_public_url == here
    for environment in ("production", "development"):
        with pytest.raises(SettingsError, match="ALLY_PUBLIC_URL"):
            read(ALLY_PUBLIC_URL=here, ALLY_ENV=environment)


@pytest.mark.parametrize("environment", ["production", "development"])
@pytest.mark.parametrize(
    "override",
    [
        {"ALLY_ALLOWED_HOSTS": "127.0.0.1:9000"},
        {"SLACK_API_URL": "http://127.0.0.1:9000/api/"},
        {"SLACK_API_URL": "http://127.0.0.1:9000/api/", "ALLY_ALLOWED_HOSTS": "127.0.0.1:9000"},
    ],
    ids=["hosts", "another Slack", "both"],
)
def test_what_is_for_tests_is_refused_elsewhere(read, environment: str, override: dict[str, str]):
    with pytest.raises(SettingsError) as raised:
        read(**SLACK, **override, ALLY_ENV=environment)
    for name in override:
        assert any(problem.startswith(name) for problem in raised.value.problems)


def test_a_test_may_name_another_slack(read):
    settings = read(
        **SLACK,
        ALLY_ENV="test",
        ALLY_ALLOWED_HOSTS=" 127.0.0.1:9000, localhost:1 ,",
        SLACK_API_URL="http://127.0.0.1:9000/api/",
    )
    assert settings.test_hosts == {"127.0.0.1:9000", "localhost:1"}


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/api",
        "http://127.0.0.1:9000/",
        "http://127.0.0.1:9001/api/",
        "http://x@127.0.0.1:9000/api/",
        "https://slack.com/api",
        "http://slack.com/api/",
    ],
)
def test_in_a_test_another_slack_has_to_be_one_that_is_named(read, url: str):
    with pytest.raises(SettingsError, match="SLACK_API_URL"):
        read(**SLACK, ALLY_ENV="test", ALLY_ALLOWED_HOSTS="127.0.0.1:9000", SLACK_API_URL=url)


def test_nothing_secret_is_shown(read):
    settings = read(**SLACK, SLACK_APP_TOKEN=APP)
    assert "canary" not in f"{settings!r} {settings}"
    with pytest.raises(SettingsError) as raised:
        read(SLACK_BOT_TOKEN="xoxp-canary", SLACK_APP_TOKEN="xoxb-canary", PORT="canary")
    assert "canary" not in str(raised.value)
    with pytest.raises(SettingsError) as raised:
        read(SLACK_BOT_TOKEN="xoxp-canary", SLACK_APP_TOKEN="xoxb-canary", PORT="1")
    assert "canary" not in str(raised.value)
