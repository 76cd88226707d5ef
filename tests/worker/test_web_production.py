"""`putokaz web` in production, put together as it is served: it asks who somebody is."""

from __future__ import annotations

import httpx
import pytest
import uvicorn

from tests.worker.test_cli import Shell, own_logs, shell
from worker.settings import read_settings
from worker.web import run_web

__all__ = ["own_logs", "shell"]

NAME = "putokaz.example.org"


def test_production_serves_whoever_signs_in(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the name of the base address, over https as a trusted proxy says it; nothing else is believed or served."""
    answers: dict[str, httpx.Response] = {}

    async def serve(server: uvicorn.Server) -> None:
        server.config.load()
        for proxy, name in (("127.0.0.1", NAME), ("192.0.2.9", NAME), ("127.0.0.1", "evil.example")):
            transport = httpx.ASGITransport(server.config.loaded_app, client=(proxy, 1))
            headers = {"host": name, "x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"}
            async with httpx.AsyncClient(transport=transport, base_url="http://x", headers=headers) as browser:
                answers[f"{proxy} {name}"] = await browser.get("/day")
                if not answers.get("form"):
                    answers["form"] = await browser.get("/sign-in")

    monkeypatch.setattr(uvicorn.Server, "serve", serve)
    environment = {**shell.environment, "PUTOKAZ_BASE_URL": f"https://{NAME}", "PUTOKAZ_WEB_PROXIES": "127.0.0.1"}
    run_web(read_settings(environment))
    assert answers[f"127.0.0.1 {NAME}"].headers["location"] == "/sign-in?next=%2Fday"
    assert answers[f"192.0.2.9 {NAME}"].status_code == 403
    assert answers["127.0.0.1 evil.example"].status_code == 421
    assert answers["form"].status_code == 200
    assert "secure" in answers["form"].headers["set-cookie"].lower()
