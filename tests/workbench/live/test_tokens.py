"""Every token of an exchange is found once, taken apart, and judged like a careful client would."""

from datetime import timedelta

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.tokens.keys import generate_key
from sandbox_app.tokens.mint import sign
from sandbox_app.workbench.live.tokens import MOST_TOKENS, judge_with, tokens_of
from tests.conftest import DEMO_POOL, NOON
from tests.gui.live.samples import NOW, Log, a_detail, a_jwe, a_jwt, a_sign_in, an_exchange
from tests.visitor import Visitor

ISSUED = int(NOON.timestamp())


def test_a_token_answer_holds_three() -> None:
    log = Log()
    token = a_sign_in(log, "l1", NOW)[3]

    found = tokens_of(token, log.detail(token.id))

    assert [(one.name, one.place) for one in found] == [
        ("ID token", "response body"),
        ("Access token", "response body"),
        ("Refresh token", "response body"),
    ]
    assert found[2].decoded is None
    assert found[0].header_text == '{"kid":"k1","alg":"RS256"}'


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("Authorization header", {"request": lambda t: Message(headers=(("Authorization", t),))}),
        ("redirect", {"response": lambda t: Message(headers=(("Location", f"/#id_token={t}"),))}),
        ("request cookie", {"request": lambda t: Message(headers=(("Cookie", f"a={t}"),))}),
        ("request query", {"target": lambda t: f"/logout?id_token_hint={t}"}),
        ("request body", {"request": lambda t: Message(body=t.encode(), size=len(t))}),
    ],
)
def test_a_token_is_found_wherever_it_stands(place, changes) -> None:
    token = a_jwt({"token_use": "access"})
    exchange = an_exchange()
    made = {name: make(token) for name, make in changes.items()}

    (found,) = tokens_of(exchange, a_detail(exchange, **made))

    assert (found.token, found.place) == (token, place)


def test_a_token_that_stands_twice_is_shown_once() -> None:
    token = a_jwt({"token_use": "access"})
    message = Message(headers=(("Authorization", f"Bearer {token}"),), body=token.encode())
    exchange = an_exchange()

    assert len(tokens_of(exchange, a_detail(exchange, request=message, response=message))) == 1


def test_a_flood_of_tokens_is_cut() -> None:
    body = " ".join(a_jwt({"n": number}) for number in range(40)).encode()
    exchange = an_exchange()

    assert len(tokens_of(exchange, a_detail(exchange, response=Message(body=body)))) == MOST_TOKENS


@pytest.fixture
def judge(sandbox):
    return judge_with(sandbox.core)


async def test_our_own_tokens_hold(visitor: Visitor, judge) -> None:
    tokens = await visitor.tokens()

    for name in ("id_token", "access_token"):
        judgement = judge(tokens[name])
        assert judgement.holds is True
        assert judgement.sentence == "Signed by this pool's key, unaltered, 1 h 0 min left."


async def test_an_expired_token_says_since_when(visitor: Visitor, judge, clock) -> None:
    tokens = await visitor.tokens()
    clock.advance(timedelta(seconds=3600 + 192))

    judgement = judge(tokens["id_token"])

    assert judgement.holds is False
    assert judgement.title == "Expired 3 min 12 s ago"


async def test_a_refresh_token_is_opaque(visitor: Visitor, judge) -> None:
    tokens = await visitor.tokens()

    assert (judge(tokens["refresh_token"]).holds, judge(a_jwe()).title) == (None, "Opaque")


async def test_an_altered_token_does_not_hold(visitor: Visitor, judge) -> None:
    header, payload, signature = (await visitor.tokens())["id_token"].split(".")
    flipped = ("A" if signature[0] != "A" else "B") + signature[1:]

    assert judge(f"{header}.{payload}.{flipped}").title == "The signature does not hold"


async def test_a_token_of_another_pool_is_named_as_such(sandbox, judge) -> None:
    await sandbox.core.keys.of(DEMO_POOL)
    foreign = sign({"sub": "x", "exp": ISSUED + 60, "iat": ISSUED}, generate_key())

    assert judge(foreign).title == "Signature of another pool"


@pytest.mark.parametrize(
    ("token", "title"),
    [
        ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "Unacceptable algorithm"),
        ("not a token", "Not a token"),
        ("a.b.c", "Not a token"),
    ],
)
async def test_what_is_no_proper_token_says_why(sandbox, judge, token, title) -> None:
    await sandbox.core.keys.of(DEMO_POOL)

    judgement = judge(token)

    assert (judgement.holds, judgement.title) == (False, title)
