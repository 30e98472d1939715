"""Addresses are those of the origin that is served, and lead where the contract says."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sandbox_app.workbench.connect import client_addresses, pool_addresses
from tests.conftest import DEMO_POOL
from tests.visitor import Visitor


@pytest.fixture
def core(sandbox):
    return sandbox.core


@pytest.fixture
def pool(core):
    return core.store.pools.get(DEMO_POOL)


async def test_every_address_of_a_pool_answers(visitor: Visitor, core, pool) -> None:
    found = pool_addresses(core, pool, visitor.base)

    discovery = await visitor.send("GET", found.discovery)
    keys = await visitor.send("GET", found.keys)

    assert discovery.status == keys.status == 200
    assert f'"issuer":"{found.issuer}"' in discovery.text
    for address in (found.authorize, found.token, found.user_info, found.revoke):
        assert (await visitor.send("GET", address)).status != 404
    assert (await visitor.send("GET", found.logout)).status != 404


async def test_the_sign_in_page_of_a_client_opens(visitor: Visitor, core) -> None:
    own = client_addresses(visitor.client("spa"), visitor.base)

    answer = await visitor.send("GET", own.authorize)

    assert answer.status == 302
    assert answer.location.startswith(f"{visitor.base}/login?")


async def test_the_demo_apps_callback_is_not_offered_to_an_app_of_ones_own(visitor) -> None:
    own = client_addresses(visitor.client("spa"), visitor.base)

    assert own.callback == "http://localhost:5173/callback"
    assert own.logout == "http://localhost:5173/"


async def test_a_client_without_callbacks_has_no_sign_in_page(visitor: Visitor) -> None:
    own = client_addresses(visitor.client("m2m"), visitor.base)

    assert (own.callback, own.authorize) == ("", "")
    assert own.secret


@pytest.mark.parametrize(
    ("origin", "sign_in"),
    [
        ("http://localhost:9400", "http://demo.auth.localhost:9400"),
        ("https://localhost:9443", "https://demo.auth.localhost:9443"),
    ],
)
async def test_the_pools_own_host_carries_its_prefix(core, pool, origin, sign_in) -> None:
    assert pool_addresses(core, pool, origin).sign_in == sign_in


async def test_a_custom_domain_has_no_address_here_but_the_plain_one(core, pool) -> None:
    domain = core.store.domains.of_pool(pool.id)
    core.store.domains.remove(domain.domain)
    core.store.domains.put(replace(domain, domain="login.example.com"))

    assert pool_addresses(core, pool, "http://localhost:9400").sign_in == "http://localhost:9400"


async def test_a_pool_without_a_domain_has_no_sign_in_address(core, pool) -> None:
    core.store.domains.remove(core.store.domains.of_pool(pool.id).domain)

    assert pool_addresses(core, pool, "http://localhost:9400").sign_in == ""


async def test_an_issuer_of_the_real_service_is_shown_as_it_stands_in_tokens(
    core, pool, visitors: Callable[[], Visitor]
) -> None:
    aws = replace(pool, sandbox=replace(pool.sandbox, issuer="aws"))

    found = pool_addresses(core, aws, "http://localhost:9400")

    assert found.issuer == f"https://cognito-idp.us-east-1.amazonaws.com/{DEMO_POOL}"
    assert found.discovery.startswith("http://localhost:9400/")
