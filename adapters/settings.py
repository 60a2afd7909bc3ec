"""Settings from the environment (and .env): read once at the start, all mistakes at once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

DATABASE_FILE = Path.home() / ".ally-nudge" / "ally.db"


class SettingsError(Exception):
    """Settings are missing or contradict each other. `problems` says which and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """What the server is told. Names are those of the environment, in lower case."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    port: int = Field(3000, ge=0, le=65535)
    host: str = "127.0.0.1"
    ally_env: Literal["production", "development", "test"] = "production"
    ally_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    ally_knowledge: Path | None = None
    database_url: SecretStr = SecretStr("")
    ally_public_url: str = ""
    ally_allowed_hosts: str = ""
    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = ""
    teams_app_secret: SecretStr = SecretStr("")
    teams_tenant_id: str = ""
    teams_allowed_tenants: str = ""
    teams_targeted: bool = False
    teams_anonymous: bool = False
    teams_openid_url: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    teams_token_url: str = ""

    @property
    def test_hosts(self) -> frozenset[str]:
        """Extra hosts (`host:port`) that may be sent to; empty outside of tests."""
        return _listed(self.ally_allowed_hosts) if self.ally_env == "test" else frozenset()

    @property
    def database(self) -> str:
        """The address of the database; a file of this user's where none is set."""
        return self.database_url.get_secret_value() or f"sqlite:///{DATABASE_FILE}"

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def teams(self) -> bool:
        """Whether Teams is configured."""
        return bool(self.teams_app_id) or self.teams_anonymous

    @property
    def teams_tenants(self) -> frozenset[str]:
        """The tenants that are served; empty means every one that can reach the bot."""
        return frozenset(tenant.lower() for tenant in _listed(self.teams_allowed_tenants))

    @property
    def teams_tokens(self) -> str:
        """Where the bot gets the token it sends with."""
        login = f"https://login.microsoftonline.com/{self.teams_tenant_id}/oauth2/v2.0/token"
        return self.teams_token_url or login


def _listed(names: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, names.split(","))))


LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_ID = re.compile(r"[0-9A-Za-z.-]+")
_WHERE = {
    "TEAMS_APP_ID": "copy the Microsoft App ID from the configuration of your Azure Bot",
    "TEAMS_APP_SECRET": "make a client secret in the app registration of your Azure Bot",
    "TEAMS_TENANT_ID": "copy the App Tenant ID from the configuration of your Azure Bot",
}
SLACK_API = {"https://slack.com/api/", "https://slack-gov.com/api/"}


def read_settings() -> Settings:
    """The settings; raises SettingsError with everything that is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(
            [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        ) from None
    checks = (_server, _slack, _teams)
    problems = [problem for check in checks for problem in check(settings)]
    if problems:
        raise SettingsError(problems)
    return settings


def _server(settings: Settings) -> Iterator[str]:
    if settings.ally_allowed_hosts and settings.ally_env != "test":
        yield "ALLY_ALLOWED_HOSTS is for tests; remove it, or set ALLY_ENV=test"
    public = urlsplit(settings.ally_public_url)
    here = settings.ally_env == "test" and public.hostname in LOOPBACK
    schemes = {"https", "http"} if here else {"https"}
    if settings.ally_public_url and (public.scheme not in schemes or not public.hostname):
        yield "ALLY_PUBLIC_URL has to be the https address of this server, such as https://ally.example.org"
    if settings.ally_knowledge and not settings.ally_knowledge.is_dir():
        yield f"ALLY_KNOWLEDGE: {settings.ally_knowledge} is not a folder"


def _slack(settings: Settings) -> Iterator[str]:
    secret = settings.slack_signing_secret.get_secret_value()
    token = settings.slack_bot_token.get_secret_value()
    app_token = settings.slack_app_token.get_secret_value()
    if token and not token.startswith(("xoxb-", "xoxe.xoxb-")):
        yield "SLACK_BOT_TOKEN has to be a bot token; it begins with xoxb-"
    if token and not secret and not app_token:
        yield (
            "SLACK_SIGNING_SECRET is missing; copy it from Basic Information of your Slack app "
            "(or set SLACK_APP_TOKEN to use Socket Mode)"
        )
    if (secret or app_token) and not token:
        yield "SLACK_BOT_TOKEN is missing; copy it from OAuth & Permissions of your Slack app"
    if app_token and not app_token.startswith("xapp-"):
        yield "SLACK_APP_TOKEN has to be an app-level token; it begins with xapp-"
    url = settings.slack_api_url
    if url not in SLACK_API and not (url.endswith("/api/") and _for_tests(settings, url)):
        yield (
            "SLACK_API_URL has to be https://slack.com/api/ or https://slack-gov.com/api/ "
            "(another one only with ALLY_ENV=test, its host in ALLY_ALLOWED_HOSTS, ending in /api/)"
        )


def _teams(settings: Settings) -> Iterator[str]:
    needed = {
        "TEAMS_APP_ID": settings.teams_app_id,
        "TEAMS_APP_SECRET": settings.teams_app_secret.get_secret_value(),
        "TEAMS_TENANT_ID": settings.teams_tenant_id,
    }
    if settings.teams_anonymous:
        if any(needed.values()):
            yield "TEAMS_ANONYMOUS and TEAMS_APP_ID contradict each other; set one of them"
        if settings.ally_env != "test" or settings.host not in LOOPBACK:
            yield (
                "TEAMS_ANONYMOUS lets anybody talk to the bot; it needs ALLY_ENV=test and a HOST "
                "of this machine alone, such as 127.0.0.1"
            )
    elif any(needed.values()):
        for name, value in needed.items():
            if not value:
                yield f"{name} is missing; {_WHERE[name]}"
    for name in ("TEAMS_APP_ID", "TEAMS_TENANT_ID"):
        if needed[name] and not _ID.fullmatch(needed[name]):
            yield f"{name} has to be an id such as 12345678-abcd-abcd-abcd-1234567890ab"
    for name in ("teams_openid_url", "teams_token_url"):
        url = getattr(settings, name)
        if url != Settings.model_fields[name].default and not _for_tests(settings, url):
            yield (
                f"{name.upper()} is for tests; remove it, or set ALLY_ENV=test and put its host "
                "into ALLY_ALLOWED_HOSTS"
            )


def _for_tests(settings: Settings, url: str) -> bool:
    return urlsplit(url).netloc in settings.test_hosts
