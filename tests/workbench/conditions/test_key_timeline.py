"""Who fetched which keys when, and what they were given since; each finding is led to over HTTP."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import KeysFetched, TokensMinted
from sandbox_app.domain.memory.key_readers import MOST_KINDS, MOST_READERS, MOST_VISITS, KeyReaders
from sandbox_app.domain.records.tokens import Caller, MintedToken
from sandbox_app.operations.user_pool_clients import update_user_pool_client
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.key_findings import Standing
from sandbox_app.workbench.conditions.key_timeline import KeyReader, agent_words, key_timeline
from sandbox_app.workbench.conditions.keys import answer_key_set, empty_key_set, rotate
from sandbox_app.workbench.live.words import local_clock
from tests.conftest import DEMO_POOL, NOON
from tests.visitor import Visitor, json_of

JWKS = f"/{DEMO_POOL}/.well-known/jwks.json"


@pytest.fixture
async def api(visitors: Callable[[], Visitor]) -> Visitor:
    """A program that verifies tokens and gets none itself."""
    visitor = visitors()
    visitor.session.headers["User-Agent"] = "python-requests/2.32.3"
    return visitor


def timeline(sandbox: Sandbox) -> dict[str, KeyReader]:
    return {reader.name: reader for reader in key_timeline(sandbox.core, DEMO_POOL)}


def at(minutes: int = 0) -> str:
    return local_clock((NOON + timedelta(minutes=minutes)).timestamp())


async def test_a_client_that_knows_its_keys_is_told_as_such(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.get(JWKS)
    await visitor.tokens()

    spa = timeline(sandbox)["spa"]

    assert (spa.standing, spa.peer, spa.clients) == (Standing.GOOD, "127.0.0.1", ("spa",))
    assert spa.finding == f"spa fetched keys at {at()} and knows every key that signed since then."
    (fetch,) = spa.fetches
    assert [(given.use, given.count, given.known) for given in fetch.given] == [
        ("id", 1, True),
        ("access", 1, True),
    ]
    assert fetch.kids == tuple(key["kid"] for key in json_of(await visitor.get(JWKS))["keys"])


async def test_a_client_with_an_old_set_got_a_key_it_has_never_seen(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.get(JWKS)
    clock.advance(timedelta(minutes=5))
    await rotate(sandbox.core, DEMO_POOL)
    await visitor.tokens()

    spa = timeline(sandbox)["spa"]

    assert spa.standing is Standing.BAD
    assert spa.finding == (
        f"spa fetched keys at {at()} and since then got 2 tokens signed "
        "with 2 keys it has never seen."
    )
    assert [given.known for given in spa.fetches[0].given] == [False, False]
    await visitor.get(JWKS)
    assert timeline(sandbox)["spa"].standing is Standing.GOOD


async def test_a_machine_with_one_token_reads_as_one(sandbox: Sandbox, visitor: Visitor) -> None:
    await visitor.get(JWKS)
    await rotate(sandbox.core, DEMO_POOL, uses=["access"])
    await visitor.token("m2m", grant_type="client_credentials")

    assert timeline(sandbox)["m2m"].finding.endswith(
        "since then got 1 token signed with a key it has never seen."
    )


async def test_a_set_without_the_key_of_living_tokens_is_told(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    await visitor.get(JWKS)
    await visitor.tokens()
    await rotate(sandbox.core, DEMO_POOL, overlap=False)
    clock.advance(timedelta(minutes=1))
    await visitor.get(JWKS)

    assert timeline(sandbox)["spa"].finding == (
        "spa was given 2 tokens whose key had left the set by the time it fetched it again, "
        f"{at(1)}."
    )

    clock.advance(timedelta(hours=1))
    assert timeline(sandbox)["spa"].standing is Standing.GOOD, "the tokens have expired"


async def test_a_client_that_never_fetched_is_not_judged(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await visitor.tokens()

    spa = timeline(sandbox)["spa"]

    assert (spa.standing, spa.fetched) == (Standing.UNKNOWN, 0)
    assert spa.finding.startswith("spa was given 2 tokens and was not seen fetching keys")


async def test_an_api_that_gets_no_tokens_is_judged_by_all_that_the_pool_signs(
    sandbox: Sandbox, visitor: Visitor, api: Visitor
) -> None:
    await visitor.tokens()
    await api.get(JWKS)
    assert timeline(sandbox)["python-requests/2.32.3"].standing is Standing.GOOD

    await rotate(sandbox.core, DEMO_POOL)
    await visitor.tokens()

    reader = timeline(sandbox)["python-requests/2.32.3"]
    assert reader.clients == ()
    assert reader.finding == (
        f"python-requests/2.32.3 fetched keys at {at()} and since then the pool signed 2 tokens "
        "with 2 keys it has never seen."
    )


@pytest.mark.parametrize(("status", "why"), [(200, "is empty"), (500, "answers 500")])
async def test_a_fetch_that_brought_nothing_says_why(
    sandbox: Sandbox, api: Visitor, status: int, why: str
) -> None:
    if status == 200:
        empty_key_set(sandbox.core, DEMO_POOL)
    else:
        answer_key_set(sandbox.core, DEMO_POOL, status=status)

    await api.get(JWKS)

    assert timeline(sandbox)["python-requests/2.32.3"].finding == (
        f"python-requests/2.32.3 asked for keys at {at()} and got none: the key set {why}."
    )


async def test_a_fetch_that_nobody_waited_for_brought_nothing(
    sandbox: Sandbox, api: Visitor
) -> None:
    answer_key_set(sandbox.core, DEMO_POOL, delay=timedelta(minutes=1))
    fetched: list[KeysFetched] = []
    sandbox.core.bus.subscribe(KeysFetched, fetched.append)

    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(api.get(JWKS), 0.05)
    async with asyncio.timeout(5):
        while not fetched:
            await asyncio.sleep(0)

    assert timeline(sandbox)["python-requests/2.32.3"].finding == (
        f"python-requests/2.32.3 asked for keys at {at()} and got none: "
        "the key set takes 1 min, which it did not wait for."
    )


async def test_a_fault_that_spoils_the_set_is_told(sandbox: Sandbox, api: Visitor) -> None:
    title = editing.add(sandbox.core, "jwks → malformed JSON").sentence

    await api.get(JWKS)

    finding = timeline(sandbox)["python-requests/2.32.3"].finding
    assert finding.endswith(f"got none: {title}.")


async def test_a_browser_that_is_given_tokens_in_the_fragment_is_the_reader(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    client = visitor.client("spa")
    changes = {"response_type": "token", "code_challenge": None, "code_challenge_method": None}
    update_user_pool_client(
        sandbox.core,
        {
            "UserPoolId": DEMO_POOL,
            "ClientId": client.client_id,
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthFlows": ["implicit"],
            "AllowedOAuthScopes": ["openid"],
            "CallbackURLs": list(client.callback_urls),
            "SupportedIdentityProviders": ["COGNITO"],
        },
    )

    back = await visitor.submit("alice", "Sandbox-1", "spa", scope="openid", **changes)

    assert "access_token" in back.members
    assert timeline(sandbox)["spa"].fetches[0].given


async def test_fetches_in_a_row_are_told_as_one_with_their_number(
    sandbox: Sandbox, api: Visitor
) -> None:
    for _ in range(3):
        await api.get(JWKS)

    (fetch,) = timeline(sandbox)["python-requests/2.32.3"].fetches
    assert fetch.times == 3


async def test_tokens_stand_with_the_fetch_before_them(sandbox: Sandbox, visitor: Visitor) -> None:
    await visitor.get(JWKS)
    await visitor.tokens()
    await visitor.get(JWKS)

    later, earlier = timeline(sandbox)["spa"].fetches

    assert (len(earlier.given), later.given) == (2, ())


def test_memory_is_bounded_whatever_happens() -> None:
    bus, readers = EventBus(), KeyReaders()
    readers.follow(bus)
    for number in range(MOST_READERS + 5):
        bus.publish(KeysFetched("pool", Caller("peer", f"agent {number}"), ("a",), 1.0))
    busy = Caller("peer", "busy")
    for number in range(MOST_VISITS + MOST_KINDS + 5):
        bus.publish(KeysFetched("pool", busy, (f"k{number}",), 2.0))
        tokens = (MintedToken("id", f"k{number}", "j", 0, 1),)
        bus.publish(
            TokensMinted("", "pool", f"c{number}", "", "", "", (), tokens=tokens, caller=busy)
        )
    tokens = tuple(MintedToken("id", f"many{number}", "j", 0, 1) for number in range(200))
    bus.publish(TokensMinted("", "pool", "c", "", "", "", (), tokens=tokens, caller=busy))

    found = dict(readers.of_pool("pool"))

    assert len(found) == MOST_READERS
    assert Caller("peer", "agent 5") not in found
    assert len(found[busy].visits) == MOST_VISITS
    assert len(found[busy].visits[-1].given) == MOST_KINDS
    assert len(readers.signed("pool")) == MOST_KINDS


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("", "a caller without a User-Agent"),
        ("python-requests/2.32.3", "python-requests/2.32.3"),
        ("Python/3.11 aiohttp/3.9", "Python/3.11 aiohttp/3.9"),
        ("x" * 300, "x" * 40 + "…"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0.0.0 Safari/537.36",
            "Chrome 130",
        ),
        ("Mozilla/5.0 (X11; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox 132"),
        ("Mozilla/5.0 (compatible)", "a browser"),
    ],
)
def test_an_agent_is_called_what_it_calls_itself(agent: str, words: str) -> None:
    assert agent_words(agent) == words
