"""Containers and proxies: the command is one the program takes, and then the addresses hold."""

import base64
import json
import re
import shlex
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox_app.app import cli, headless
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.resources import resource_path
from sandbox_app.workbench.connect import behind_a_proxy, from_a_container
from tests.conftest import DEMO_POOL, give_keys
from tests.visitor import Visitor, json_of, new_session

Starter = Callable[[Settings], Awaitable[Visitor]]


@pytest.fixture
async def start(tmp_path: Path, clock, signing_keys) -> AsyncIterator[Starter]:
    """Serves the demo pool with these settings, but on loopback and a free port."""
    begun: list[Visitor] = []

    async def started(settings: Settings) -> Visitor:
        folder = tmp_path / "started"
        folder.mkdir()
        own = replace(settings, workspace=folder / "w.sandbox", hosts=(), port=0, tls_port=None)
        opened = Sandbox(own, folder, clock=clock)
        await opened.seed([resource_path("seeds/demo.yaml")])
        give_keys(opened, DEMO_POOL, signing_keys)
        await opened.start()
        begun.append(Visitor(opened, new_session()))
        return begun[-1]

    yield started
    for visitor in begun:
        await visitor.session.close()
        await visitor.sandbox.close()


@pytest.fixture
def taken(monkeypatch) -> Callable[[str], Settings]:
    """What the command line makes of the command in a text."""
    seen: list[Settings] = []
    monkeypatch.setattr(headless, "run", lambda settings: seen.append(settings) or 0)

    def take(text: str) -> Settings:
        words = shlex.split(text.replace("\\\n", " "), comments=True)
        assert words[0] == "userpool-sandbox"
        assert cli.main(words[1:]) == 0
        return seen[-1]

    return take


def told(text: str) -> dict[str, str]:
    """The values under "What an app is told then"."""
    return dict(re.findall(r"^# {3}([A-Z][\w ]+?) {2,}(\S+)$", text, re.MULTILINE))


def made_by(way, visitor: Visitor) -> str:
    core = visitor.sandbox.core
    pool = core.store.pools.get(DEMO_POOL)
    return str(way(core, pool, visitor.client("m2m"), visitor.base).text)


async def machine_token(visitor: Visitor, headers: dict[str, str]) -> dict[str, object]:
    """The claims of a token the machine fetched with these headers."""
    form = {"grant_type": "client_credentials", "scope": "orders/read"}
    answer = await visitor.post("/oauth2/token", form, headers={**visitor.basic("m2m"), **headers})
    assert answer.status == 200, answer.text
    payload = json_of(answer)["access_token"].split(".")[1]
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    return claims


async def test_a_container_is_answered_by_the_name_it_uses(visitor, start, taken) -> None:
    settings = taken(made_by(from_a_container, visitor))
    assert settings.hosts == ("0.0.0.0",)
    served = await start(settings)
    values = told(made_by(from_a_container, served))
    host = values["Issuer"].split("/")[2]
    assert host == f"host.docker.internal:{served.base.rpartition(':')[2]}"
    inside = {"Host": host}

    discovery = json_of(await _at(served, values["Discovery"], inside))

    assert discovery["issuer"] == values["Issuer"]
    assert discovery["jwks_uri"] == values["Keys"]
    assert discovery["token_endpoint"] == values["Token"]
    assert (await _at(served, values["Keys"], inside)).status == 200
    assert (await machine_token(served, inside))["iss"] == values["Issuer"]


async def test_without_the_name_a_container_is_turned_away(visitor) -> None:
    values = told(made_by(from_a_container, visitor))

    answer = await _at(visitor, values["Discovery"], {"Host": values["Issuer"].split("/")[2]})

    assert answer.status == 421


async def test_behind_a_proxy_every_address_is_the_proxys(visitor, start, taken) -> None:
    settings = taken(made_by(behind_a_proxy, visitor))
    served = await start(settings)
    values = told(made_by(behind_a_proxy, served))
    proxy = _forwarding(values)

    discovery = json_of(await _at(served, values["Discovery"], proxy))

    assert discovery["issuer"] == values["Issuer"] == f"https://login.example.test/{DEMO_POOL}"
    assert discovery["authorization_endpoint"] == values["Authorize"]
    assert (await machine_token(served, proxy))["iss"] == values["Issuer"]


async def test_a_peer_that_is_not_trusted_forwards_nothing(visitor, start, taken) -> None:
    settings = taken(made_by(behind_a_proxy, visitor))
    served = await start(replace(settings, trusted_proxies=("10.9.8.7",)))
    values = told(made_by(behind_a_proxy, served))

    discovery = json_of(await _at(served, values["Discovery"], _forwarding(values)))

    assert discovery["issuer"] == f"{served.base}/{DEMO_POOL}"


async def test_a_trusted_proxy_still_needs_the_name(visitor, start, taken) -> None:
    settings = taken(made_by(behind_a_proxy, visitor))
    served = await start(replace(settings, names=()))
    values = told(made_by(behind_a_proxy, served))

    assert (await _at(served, values["Discovery"], _forwarding(values))).status == 421


@pytest.mark.parametrize("way", [from_a_container, behind_a_proxy])
async def test_a_pool_without_a_domain_has_no_endpoints_there_either(visitor, way) -> None:
    domains = visitor.sandbox.core.store.domains
    domains.remove(domains.of_pool(DEMO_POOL).domain)

    assert set(told(made_by(way, visitor))) == {"Client ID", "Issuer", "Discovery", "Keys"}


@pytest.mark.parametrize("way", [from_a_container, behind_a_proxy])
async def test_the_command_opens_this_workspace_at_this_port(visitor, taken, way) -> None:
    settings = taken(made_by(way, visitor))

    assert settings.workspace == visitor.sandbox.core.store.path
    assert settings.port == int(visitor.base.rpartition(":")[2])


async def _at(visitor: Visitor, address: str, headers: dict[str, str]):
    """Ask for an address at the listener's own, as a name in another network would lead there."""
    path = address.split("/", 3)[3]
    return await visitor.get(f"/{path}", headers=headers)


def _forwarding(values: dict[str, str]) -> dict[str, str]:
    scheme, _, rest = values["Issuer"].partition("://")
    return {"X-Forwarded-Proto": scheme, "X-Forwarded-Host": rest.split("/")[0]}
