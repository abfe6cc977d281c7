"""What operators set, from the environment or `.env`; a value that can not serve stops the start in one clear line."""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEVELOPMENT_SECRET: Final = "development-only-a-secret-that-everyone-knows"  # noqa: S105  production refuses it
_SHORTEST_SECRET: Final = 32  # characters
_LONGEST_SOCKET: Final = 100  # characters; the kernel takes 107


class Misconfigured(Exception):
    """The settings can not serve; its text is one line for the operator and holds no secret."""


class Env(StrEnum):
    """Where the app runs."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Settings(BaseSettings):
    """All settings; each is read from WEBAPP_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="WEBAPP_", env_file=".env", extra="ignore", frozen=True)

    env: Annotated[Env, Field(description="`development` or `production`.")] = Env.DEVELOPMENT
    secret_keys: Annotated[
        tuple[SecretStr, ...],
        NoDecode,
        Field(description="Comma-separated secrets of 32 characters or more; the first signs, all verify."),
    ] = (SecretStr(DEVELOPMENT_SECRET),)
    base_url: Annotated[
        str,
        Field(description="The public address: forms come from it, code SMS name its host, https hardens cookies."),
    ] = "http://127.0.0.1:8000"
    database_url: Annotated[
        str,
        Field(description="`sqlite:///path` or `postgresql://…`; empty: a file in the data folder."),
    ] = ""
    redis_url: Annotated[
        str, Field(description="`redis://…`, `rediss://…` or `unix:///path`; empty: an embedded server (development).")
    ] = ""
    captcha: Annotated[Literal["altcha", "off"], Field(description="The robot check: `altcha` or `off`.")] = "altcha"
    email: Annotated[Literal["outbox"], Field(description="How mail leaves: `outbox` shows it on /dev/outbox.")] = (
        "outbox"
    )
    sms: Annotated[Literal["outbox"], Field(description="How SMS leave: `outbox` shows them on /dev/outbox.")] = (
        "outbox"
    )
    sign_in_code: Annotated[
        bool,
        Field(description="Whether a browser that is not known yet is asked for a code at sign-in: `true` or `false`."),
    ] = True
    branding: Annotated[
        str, Field(description="The branding file: what is the fund's own; empty: the packaged one.")
    ] = ""
    data_dir: Annotated[Path, Field(description="Where the embedded database and store live.")] = Path("var")
    trusted_proxies: Annotated[
        tuple[str, ...], NoDecode, Field(description="Comma-separated addresses whose X-Forwarded-For is believed.")
    ] = ()
    limits_scale: Annotated[
        int | None,
        Field(
            ge=1,
            le=1_000_000,
            description="Multiplies every budget of the limits table; empty: 10 in development, 1 in production.",
        ),
    ] = None

    @field_validator("secret_keys", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("limits_scale", mode="before")
    @classmethod
    def _unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("secret_keys")
    @classmethod
    def _long_enough(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not value or any(len(secret.get_secret_value()) < _SHORTEST_SECRET for secret in value):
            raise ValueError(f"each secret needs {_SHORTEST_SECRET} characters or more")
        return value

    @field_validator("base_url")
    @classmethod
    def _is_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("must be http(s)://host with nothing behind it")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must begin with redis://, rediss:// or unix://")
        return value

    @model_validator(mode="after")
    def _fit_for_production(self) -> "Settings":
        if not self.production:
            return self
        faults = {
            "secret_keys is the development secret": DEVELOPMENT_SECRET in self.secrets,
            "base_url is not https": not self.base_url.startswith("https://"),
            "redis_url is empty (the embedded server is for development)": not self.redis_url,
            "captcha is off": self.captcha == "off",
            "email goes to the development outbox": self.email == "outbox",
            "sms go to the development outbox": self.sms == "outbox",
        }
        if found := [fault for fault, there in faults.items() if there]:
            raise ValueError("; ".join(found))
        return self

    @property
    def production(self) -> bool:
        """Whether real members are served."""
        return self.env is Env.PRODUCTION

    @property
    def secrets(self) -> tuple[str, ...]:
        """The secrets in clear."""
        return tuple(secret.get_secret_value() for secret in self.secret_keys)

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'mon-compte.sqlite'}"

    @property
    def embedded_store(self) -> bool:
        """Whether the Redis-protocol server is one of our own."""
        return not self.redis_url

    @property
    def store(self) -> str:
        """The address of the Redis-protocol server."""
        socket = self.data_dir.resolve() / "store.sock"
        if len(str(socket)) > _LONGEST_SOCKET:
            socket = Path(gettempdir()) / f"mon-compte-{sha256(str(socket).encode()).hexdigest()[:16]}.sock"
        return self.redis_url or f"unix://{socket}"

    @property
    def host(self) -> str:
        """The host that code messages are bound to."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def budget_scale(self) -> int:
        """What the limits table is multiplied by."""
        return self.limits_scale or (1 if self.production else 10)


def load() -> Settings:
    """The settings. Misconfigured with every fault in one line."""
    try:
        return Settings()
    except ValidationError as wrong:
        faults = [
            ": ".join(
                [*(f"WEBAPP_{name}".upper() for name in fault["loc"][:1]), fault["msg"].removeprefix("Value error, ")]
            )
            for fault in wrong.errors(include_input=False, include_url=False)
        ]
        raise Misconfigured("settings: " + " | ".join(faults)) from None
