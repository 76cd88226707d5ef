"""Everything that docker-compose.yml names exists here. No container engine runs in these tests."""

from __future__ import annotations

import re
import tomllib
from urllib.parse import urlsplit

import pytest
import typer
from fastapi.routing import APIRoute
from typer.core import TyperGroup
from typer.main import get_command

from staff.pages.health import router as health
from tests.architecture.sources import ROOT
from tests.deploy.compose import VARIABLE, document, our_services, secrets_of, services, text
from tools.uv_program import VERSION as UV_VERSION
from worker.cli import app
from worker.settings import VARIABLES, read_settings
from worker.web import require_loopback

LIBPQ = {"PGPASSFILE"}
OF_FILES = {f"{variable}_FILE" for variable in VARIABLES.values() if variable.startswith("PUTOKAZ_")}


@pytest.mark.parametrize("name", our_services())
def test_a_service_runs_a_command_that_exists(name: str) -> None:
    """With options and arguments that it takes."""
    arguments = list(our_services()[name]["command"])
    command = get_command(app)
    context = typer.Context(command, info_name="putokaz")
    while isinstance(command, TyperGroup):
        found = command.get_command(context, arguments[0])
        assert found is not None, f"putokaz has no command {arguments[0]}"
        command, arguments = found, arguments[1:]
    command.make_context(name, arguments)


@pytest.mark.parametrize("name", our_services())
def test_a_service_sets_variables_that_are_read_and_enough_of_them(name: str) -> None:
    """A name that nobody reads would be a setting that does nothing."""
    environment = {key: str(value) for key, value in our_services()[name]["environment"].items()}
    assert set(environment) <= set(VARIABLES.values()) | OF_FILES | LIBPQ
    mounted = {f"/run/secrets/{target}" for target in secrets_of(our_services()[name])}
    files = {key for key in environment if key in OF_FILES - set(VARIABLES.values())}
    assert {environment[key] for key in files} <= mounted
    read_settings({key: value for key, value in environment.items() if key not in files})


@pytest.mark.parametrize("name", our_services())
def test_a_service_has_the_pass_file_for_the_addresses_it_uses(name: str) -> None:
    """Addresses hold no password, and the keys are where the settings say, for those processes that open them."""
    service = our_services()[name]
    mounted = secrets_of(service)
    assert mounted["pgpass"] == f"pgpass_{name}"
    for variable, value in service["environment"].items():
        if variable.endswith("_URL") and str(value).startswith("postgresql://"):
            assert urlsplit(value).password is None
    opens_keys = {"worker": {"kek", "keyring.json"}, "web": {"kek", "keyring.json"}, "relay": {"keyring.json"}}
    opens_keys |= {"restore": {"kek", "keyring.json"}, "vault": {"kek"}}
    assert set(mounted) & {"kek", "keyring.json"} == opens_keys.get(name, set())


def test_every_secret_is_declared_and_made() -> None:
    """`deploy/make-secrets` makes each file that compose mounts."""
    declared = document()["secrets"]
    used = {source for service in services().values() for source in secrets_of(service).values()}
    assert used == set(declared)
    assert all(entry["file"] == f"deploy/secrets/{name}" for name, entry in declared.items())


def test_nothing_is_reachable_from_other_machines() -> None:
    """A proxy speaks https before the pages, and Temporal has no sign-in at all."""
    published = [port for service in services().values() for port in service.get("ports", ())]
    assert published
    assert all(str(port).startswith("127.0.0.1:") for port in published)
    web = our_services()["web"]
    assert web["network_mode"] == "host"
    require_loopback(web["environment"]["PUTOKAZ_WEB_HOST"])


def test_health_is_asked_where_it_is_answered() -> None:
    """The path in the health check is a route of the pages."""
    asked = re.findall(r"/\w+z\b", " ".join(our_services()["web"]["healthcheck"]["test"]))
    assert asked == ["/readyz"]
    assert set(asked) <= {route.path for route in health.routes if isinstance(route, APIRoute)}


def test_services_wait_for_services_that_exist() -> None:
    """Nothing of ours starts before the schema and the namespace are there."""
    for name, service in services().items():
        assert set(service.get("depends_on", {})) <= set(services()), name
    for name in set(our_services()) - {"migrate"}:
        assert our_services()[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_what_is_not_for_real_cases_is_behind_profiles() -> None:
    """A plain `docker compose up` starts none of it."""
    assert {name: s["profiles"] for name, s in services().items() if "profiles" in s} == {
        "temporal-ui": ["ui"],
        "web": ["pages"],
        "vault": ["pages"],
        "backup": ["backup"],
        "restore": ["backup"],
        "mailpit": ["dev"],
    }


def test_every_image_has_a_version() -> None:
    """Two installations of one release are the same."""
    for name, service in services().items():
        tag = service["image"].rpartition(":")[2]
        assert re.match(r"v?\d", tag), name


def test_the_example_of_settings_is_complete() -> None:
    """.env.example names exactly what compose lets one change, with the same defaults."""
    example = dict(
        line.split("=", 1)
        for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    offered = {match["name"]: match["default"] for match in VARIABLE.finditer(text())}
    assert set(example) == set(offered)
    personal = {"PUTOKAZ_UID", "PUTOKAZ_GID"}
    assert {k: v for k, v in example.items() if k not in personal} == {
        k: v for k, v in offered.items() if k not in personal
    }


def test_the_image_holds_every_room_and_no_development_tools() -> None:
    """What the package list of the project names, the pathways, and nothing of the development stack."""
    dockerfile = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")
    copied = set(re.findall(r"^COPY (\S+) \1$", dockerfile, re.MULTILINE))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert copied == {*project["tool"]["setuptools"]["packages"], "pathways"}
    syncs = re.findall(r"uv sync .*", dockerfile)
    assert syncs
    assert all("--locked --no-default-groups" in sync for sync in syncs)
    assert f"uv=={UV_VERSION}" in dockerfile
    ignored = (ROOT / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} >= copied
