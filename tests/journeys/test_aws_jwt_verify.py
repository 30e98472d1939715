"""AWS's own verifier, which keeps keys and fetches them anew for a kid it does not know."""

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock
from sandbox_app.workbench.conditions import keys as verbs
from sandbox_app.workbench.conditions.key_findings import Standing
from sandbox_app.workbench.conditions.key_timeline import key_timeline
from tests.clients.environments import HERE, NoEnvironment, node, npm_packages
from tests.conftest import DEMO_POOL
from tests.visitor import Visitor

Judge = Callable[[str], Awaitable[str]]
REFUSED = "refused: KidNotFoundInJwksError"


@pytest.fixture(autouse=True)
def as_late_as_here(sandbox: Sandbox) -> None:
    """The verifier asks the machine's clock, which the sandbox of these tests is not on."""
    clock.go_to(sandbox.core, datetime.now(UTC))


@asynccontextmanager
async def an_api(visitor: Visitor) -> AsyncIterator[Judge]:
    """A process that verifies access tokens; it fetches keys when it needs them."""
    try:
        packages = npm_packages()
    except NoEnvironment as missing:
        pytest.skip(str(missing))
    program = shutil.copy(HERE / "judging_api.mjs", packages.parent)
    issuer = f"{visitor.base}/{DEMO_POOL}"
    told = json.dumps({"issuer": issuer, "keys": f"{issuer}/.well-known/jwks.json"})
    process = await asyncio.create_subprocess_exec(
        node(),
        program,
        env={**os.environ, "JOURNEY": told},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    given, said = process.stdin, process.stdout

    async def judge(token: str) -> str:
        given.write(f"{token}\n".encode())
        async with asyncio.timeout(30):
            return (await said.readline()).decode().strip()

    try:
        yield judge
    finally:
        given.close()
        await process.wait()


async def an_access_token(visitor: Visitor) -> str:
    answer = json.loads((await visitor.token("m2m", grant_type="client_credentials")).body)
    return str(answer["access_token"])


async def test_a_rotation_is_followed_and_an_abrupt_one_kills_what_was_signed_before(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    """Contract JW-4."""
    core = sandbox.core
    async with an_api(visitor) as judge:
        first = await an_access_token(visitor)
        assert await judge(first) == "accepted"

        await verbs.rotate(core, DEMO_POOL)
        second = await an_access_token(visitor)
        (api,) = (reader for reader in key_timeline(core, DEMO_POOL) if reader.name == "node")
        assert api.standing is Standing.BAD
        assert api.finding.endswith("the pool signed 1 token with a key it has never seen.")
        assert [await judge(first), await judge(second)] == ["accepted", "accepted"]
        (api,) = (reader for reader in key_timeline(core, DEMO_POOL) if reader.name == "node")
        assert (api.standing, api.fetched) == (Standing.GOOD, 2)

        await verbs.rotate(core, DEMO_POOL, overlap=False)
        third = await an_access_token(visitor)
        assert [await judge(third), await judge(second)] == ["accepted", REFUSED]


@pytest.mark.parametrize(
    ("bend", "verdict"),
    [
        (lambda core: verbs.publish_only_next(core, DEMO_POOL), REFUSED),
        (lambda core: _at_once(verbs.empty_key_set, core), REFUSED),
        (lambda core: _at_once(verbs.answer_key_set, core, status=500), "refused: Error"),
    ],
    ids=["only the next keys", "no keys", "500"],
)
async def test_what_the_key_set_lacks_is_refused(
    sandbox: Sandbox,
    visitor: Visitor,
    bend: Callable[[Core], Awaitable[Any]],
    verdict: str,
) -> None:
    await bend(sandbox.core)
    async with an_api(visitor) as judge:
        assert await judge(await an_access_token(visitor)) == verdict


@pytest.mark.parametrize(
    ("bend", "verdict"),
    [
        (lambda core, _: clock.advance(core, timedelta(hours=-2)), "refused: JwtExpiredError"),
        (lambda core, m2m: clock.skew(core, m2m, timedelta(hours=-2)), "refused: JwtExpiredError"),
        (lambda core, m2m: clock.skew(core, m2m, timedelta(minutes=-59)), "accepted"),
    ],
    ids=["the pool's clock", "the client's clock", "the client's clock, not enough"],
)
async def test_a_clock_that_is_behind_makes_tokens_that_are_born_expired(
    sandbox: Sandbox, visitor: Visitor, bend: Callable[[Core, str], None], verdict: str
) -> None:
    bend(sandbox.core, visitor.client("m2m").client_id)
    async with an_api(visitor) as judge:
        assert await judge(await an_access_token(visitor)) == verdict


async def _at_once(verb: Callable[..., Any], core: Core, **members: Any) -> None:
    verb(core, DEMO_POOL, **members)
