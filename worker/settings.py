"""Settings from the environment: `PUTOKAZ_…`, besides `DATABASE_URL`, `VAULT_DATABASE_URL` and `TEMPORAL_ADDRESS`.

A secret may come from a file instead: `PUTOKAZ_SMTP_PASSWORD_FILE=/run/secrets/smtp` (ecosystem.md §4).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from domain.errors import PutokazError

CHECKOUT = Path(__file__).resolve().parent.parent


class SettingsInvalid(PutokazError):
    """The environment does not say what this process needs."""


class Mode(StrEnum):
    """Demo: invented people, a clock that may run ahead, nobody signs in, loopback only."""

    PRODUCTION = "production"
    DEMO = "demo"


class Also(StrEnum):
    """What a worker process does besides, where there is little of it."""

    RELAY = "relay"
    PROJECTIONS = "projections"
    WEBHOOKS = "webhooks"


class Settings(BaseModel):
    """What a process of ours needs to know. Database roles have addresses of their own; `DATABASE_URL` stands in."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mode: Mode = Mode.PRODUCTION
    database_url: SecretStr
    writer_url: SecretStr | None = None
    projector_url: SecretStr | None = None
    reader_url: SecretStr | None = None
    vault_database_url: SecretStr
    vault_admin_url: SecretStr | None = None
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    temporal_ui: str | None = None
    kek_file: Path
    keyring_file: Path
    heads_file: Path | None = None
    heads_key_file: Path | None = None
    shred_ledger_file: Path | None = None
    backup_public_key: str | None = None
    pathways: Path = CHECKOUT / "pathways"
    web_host: str = "127.0.0.1"
    web_port: int = Field(8000, ge=0, le=65535)
    web_names: str | None = None
    """Names under which the pages answer besides that of the base address: `putokaz.example.org, …`."""
    exit_to: str = Field("https://www.hidmet.gov.rs/", pattern=r"^https://[^\s/]+(/\S*)?$")
    """Where somebody arrives who leaves the pages quickly: a neutral public page, the weather by default."""
    web_proxies: str | None = None
    """Addresses of the proxies that are believed when they say who asks, and whether by https."""
    base_url: str | None = None
    smtp_host: str | None = None
    smtp_port: int = Field(25, ge=1, le=65535)
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_start_tls: bool = False
    smtp_sender: str = "putokaz@localhost.localdomain"
    phone_home: str = "+381"
    """The prefix of callers' numbers that are typed without one."""
    document_mebibytes: int = Field(20, ge=1, le=500)
    """The largest file that is filed as a document, in MiB."""
    exports_folder: Path | None = None
    """Where files of exports lie for a day, for every web process of a machine; without one gone with the process."""
    search_socket: Path | None = None
    """Where `putokaz vault` answers searches for clients, and the pages ask it."""
    sms_url: SecretStr | None = None
    sms_token: SecretStr | None = None
    sms_field_to: str = "to"
    sms_field_text: str = "text"
    sms_field_reference: str = "reference"
    sms_field_receipt: str = "id"
    webhook_networks: str | None = None
    """Networks that are not public and that webhooks may reach all the same: `10.1.0.0/16`."""
    webhook_days: int = Field(5, ge=1, le=60)
    """After so many days of failures nothing more is sent to a partner."""
    release: str = "0.1.0"

    @property
    def writer(self) -> str:
        """The log as the role that may append."""
        return (self.writer_url or self.database_url).get_secret_value()

    @property
    def projector(self) -> str:
        """The log and the read models as the role that fills these."""
        return (self.projector_url or self.database_url).get_secret_value()

    @property
    def reader(self) -> str:
        """The read models as the role of the pages."""
        return (self.reader_url or self.database_url).get_secret_value()

    @property
    def vault(self) -> str:
        return self.vault_database_url.get_secret_value()

    @property
    def vault_admin(self) -> str:
        """The vault as the owner of its database."""
        return (self.vault_admin_url or self.vault_database_url).get_secret_value()

    @property
    def address(self) -> str:
        """The address of the pages, as links name it."""
        return (self.base_url or f"http://{self.web_host}:{self.web_port}").rstrip("/")

    @property
    def hosts(self) -> frozenset[str]:
        """Under which names the pages answer, without port; none where nothing is said about it."""
        of_address = (urlsplit(self.base_url).hostname or "") if self.base_url else ""
        named = (self.web_names or "").replace(",", " ").split()
        return frozenset(name.lower() for name in (of_address, *named) if name)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises `SettingsInvalid`, which names each variable that is missing or wrong."""
    values = dict(os.environ if environment is None else environment)
    try:
        files = {
            name.removesuffix("_FILE"): Path(value).read_text(encoding="utf-8").strip()
            for name, value in values.items()
            if name.startswith("PUTOKAZ_") and name.endswith("_FILE") and name not in _FILES_PROPER
        }
    except OSError as missing:
        raise SettingsInvalid(f"cannot read the secret file {missing.filename}: {missing.strerror}") from None
    named = {**values, **files}
    given = {key: named[variable] for key, variable in VARIABLES.items() if named.get(variable)}
    try:
        return Settings.model_validate(given)
    except ValidationError as invalid:
        faults = [
            f"{VARIABLES.get(str(error['loc'][0]), error['loc'][0])}: {error['msg']}"
            for error in invalid.errors(include_input=False, include_context=False, include_url=False)
        ]
    raise SettingsInvalid("; ".join(faults) + ". `putokaz demo` needs no settings; docs/running.md lists them.")


_UNPREFIXED = {"database_url", "vault_database_url", "temporal_address"}
VARIABLES = {name: name.upper() if name in _UNPREFIXED else f"PUTOKAZ_{name.upper()}" for name in Settings.model_fields}
"""Each setting's environment variable."""
_FILES_PROPER = frozenset(variable for variable in VARIABLES.values() if variable.endswith("_FILE"))
