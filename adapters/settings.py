"""Settings from the environment (and .env): read once at the start, all mistakes at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    ally_public_url: str = ""
    ally_allowed_hosts: str = ""
    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    slack_app_token: SecretStr = SecretStr("")
    slack_api_url: str = "https://slack.com/api/"

    @property
    def test_hosts(self) -> frozenset[str]:
        """Extra hosts (`host:port`) that may be sent to; empty outside of tests."""
        names = frozenset(filter(None, map(str.strip, self.ally_allowed_hosts.split(","))))
        return names if self.ally_env == "test" else frozenset()

    @property
    def slack(self) -> bool:
        """Whether Slack is configured."""
        return bool(self.slack_bot_token.get_secret_value())


SLACK_API = {"https://slack.com/api/", "https://slack-gov.com/api/"}


def read_settings() -> Settings:
    """The settings; raises SettingsError with everything that is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError(
            [f"{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in error.errors()]
        ) from None
    problems = list(_contradictions(settings))
    if problems:
        raise SettingsError(problems)
    return settings


def _contradictions(settings: Settings) -> Iterator[str]:
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
    if settings.ally_allowed_hosts and settings.ally_env != "test":
        yield "ALLY_ALLOWED_HOSTS is for tests; remove it, or set ALLY_ENV=test"
    if settings.slack_api_url not in SLACK_API and not _for_tests(settings):
        yield (
            "SLACK_API_URL has to be https://slack.com/api/ or https://slack-gov.com/api/ "
            "(another one only with ALLY_ENV=test, its host in ALLY_ALLOWED_HOSTS, ending in /api/)"
        )
    public = urlsplit(settings.ally_public_url)
    if settings.ally_public_url and (public.scheme != "https" or not public.hostname):
        yield "ALLY_PUBLIC_URL has to be the https address of this server, such as https://ally.example.org"
    if settings.ally_knowledge and not settings.ally_knowledge.is_dir():
        yield f"ALLY_KNOWLEDGE: {settings.ally_knowledge} is not a folder"


def _for_tests(settings: Settings) -> bool:
    url = settings.slack_api_url
    return url.endswith("/api/") and urlsplit(url).netloc in settings.test_hosts
