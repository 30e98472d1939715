"""Every token of an exchange is found once, taken apart, and judged like a careful client would."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.records.traffic import Message
from sandbox_app.tokens.encoding import decode as decoded
from sandbox_app.tokens.encoding import encode
from sandbox_app.tokens.keys import generate_key
from sandbox_app.tokens.mint import sign
from sandbox_app.workbench.conditions.clock import skew
from sandbox_app.workbench.conditions.keys import answer_key_set, rotate
from sandbox_app.workbench.live.tokens import MOST_TOKENS, judge_with, tokens_of
from sandbox_app.workbench.live.words import local_clock
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


def a_form(**fields: str) -> Message:
    body = urlencode(fields).encode()
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    return Message(headers=headers, body=body, size=len(body))


@pytest.mark.parametrize(
    ("place", "changes"),
    [
        ("Authorization header", {"request": lambda t: Message(headers=(("Authorization", t),))}),
        ("redirect", {"response": lambda t: Message(headers=(("Location", f"/#id_token={t}"),))}),
        ("request cookie", {"request": lambda t: Message(headers=(("Cookie", f"a={t}"),))}),
        ("Set-Cookie header", {"response": lambda t: Message(headers=(("Set-Cookie", f"a={t}"),))}),
        ("X-Forwarded header", {"request": lambda t: Message(headers=(("X-Forwarded", t),))}),
        ("request form, assertion", {"request": lambda t: a_form(assertion=t, state="x")}),
        ("response body", {"response": lambda t: Message(body=f'{{"t":"{t}"}}'.encode())}),
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

    (found,) = tokens_of(exchange, a_detail(exchange, request=message, response=message))

    assert (found.token, found.place) == (token, "response body")


def test_both_of_two_authorization_headers_are_looked_at() -> None:
    first, second = a_jwt({"n": 1}), a_jwt({"n": 2})
    headers = (("Authorization", f"Bearer {first}"), ("authorization", f"Bearer {second}"))
    exchange = an_exchange()

    found = tokens_of(exchange, a_detail(exchange, request=Message(headers=headers)))

    assert [one.token for one in found] == [first, second]


def test_what_the_pool_sent_is_read_before_what_the_browser_keeps() -> None:
    kept, sent, asked, shown = (a_jwt({"n": number}) for number in range(4))
    exchange = an_exchange()
    detail = a_detail(
        exchange,
        target=f"/?hint={asked}",
        request=Message(headers=(("Cookie", f"a={kept}"), ("X-Token", shown))),
        response=Message(body=sent.encode()),
    )

    assert [one.token for one in tokens_of(exchange, detail)] == [sent, asked, shown, kept]


@pytest.mark.parametrize(
    ("field", "token", "name"),
    [
        ("refresh_token", a_jwe(), "Refresh token"),
        ("assertion", a_jwe(), "Encrypted token"),
        ("assertion", a_jwt({"token_use": "id"}), "ID token"),
        ("assertion", a_jwt({"token_use": ["id"]}), "Token"),
        ("assertion", a_jwt({}), "Token"),
        ("assertion", "eyJhbGciOiJSUzI1NiJ9.bm9KU09O.c2ln", "Unreadable token"),
    ],
)
def test_a_token_is_named_by_what_it_says_of_itself(field, token, name) -> None:
    exchange = an_exchange()

    (found,) = tokens_of(exchange, a_detail(exchange, request=a_form(**{field: token})))

    assert (found.name, found.place) == (name, f"request form, {field}")


def test_an_opaque_token_has_nothing_to_show_inside() -> None:
    exchange = an_exchange()

    (found,) = tokens_of(exchange, a_detail(exchange, target=f"/?refresh_token={a_jwe()}"))

    assert (found.header_text, found.payload_text, found.claims(NOW)) == ("", "", ())


def test_a_payload_is_shown_byte_for_byte_and_its_claims_explained() -> None:
    key = generate_key()
    token = sign({"sub": "x/y", "exp": int(NOW) + 60}, key)
    exchange = an_exchange()

    (found,) = tokens_of(exchange, a_detail(exchange, target=f"/?t={token}"))

    assert r'"sub":"x\/y"' in found.payload_text
    assert {claim.name: claim.value for claim in found.claims(NOW)} == {
        "sub": "x/y",
        "exp": str(int(NOW) + 60),
    }


def test_no_body_is_too_strange_to_look_through() -> None:
    exchange = an_exchange()
    strange = Message(body=b"\xff\0eyJ." * 9_000, headers=(("Location", "\ud800"),))

    assert tokens_of(exchange, a_detail(exchange, request=strange, response=strange)) == ()


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


async def test_a_retired_keys_token_is_told_from_a_strangers(visitor: Visitor, judge) -> None:
    token = (await visitor.tokens())["id_token"]
    await rotate(visitor.sandbox.core, DEMO_POOL, overlap=False)

    judgement = judge(token)

    assert (judgement.holds, judgement.title) == (False, "This pool's key, but not published")
    retired = local_clock(visitor.sandbox.core.timestamp())
    assert judgement.sentence == f"It was retired at {retired}."
    header, payload, signature = token.split(".")
    altered = f"{header}.{payload}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"
    assert judge(altered).title == "The signature does not hold"


async def test_a_key_that_rotation_left_published_still_holds(visitor: Visitor, judge) -> None:
    token = (await visitor.tokens())["id_token"]

    await rotate(visitor.sandbox.core, DEMO_POOL)

    assert judge(token).holds is True


@pytest.mark.parametrize(
    ("bent", "words"),
    [
        ({"only": ()}, "is not shown now, as the key set is empty."),
        ({"only": ("another",)}, "is not shown now, as the key set shows 0 of 2 keys."),
        ({"status": 503}, "is not shown now, as the key set answers 503."),
    ],
)
async def test_a_key_that_no_client_finds_now_is_told(visitor: Visitor, judge, bent, words) -> None:
    token = (await visitor.tokens())["id_token"]
    answer_key_set(visitor.sandbox.core, DEMO_POOL, **bent)

    assert judge(token).title == "This pool's key, but not published"
    assert judge(token).sentence.endswith(words)


async def test_a_slow_key_set_withholds_nothing(visitor: Visitor, judge) -> None:
    token = (await visitor.tokens())["id_token"]
    answer_key_set(visitor.sandbox.core, DEMO_POOL, delay=timedelta(minutes=1))

    assert judge(token).holds is True


async def test_a_clock_made_wrong_is_not_blamed_on_the_client(visitor: Visitor, judge) -> None:
    skew(visitor.sandbox.core, visitor.client("spa").client_id, timedelta(minutes=-5))

    judgement = judge((await visitor.tokens())["id_token"])

    assert judgement.sentence == (
        "Signed by this pool's key, unaltered, 55 min 0 s left. "
        "The clock behind the tokens of spa is 5 min behind."
    )


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
    foreign = sign({"sub": "x", "exp": ISSUED + 60, "iat": ISSUED}, generate_key())

    assert judge(foreign).title == "Signature of another pool"


async def test_what_another_of_our_pools_signed_in_this_ones_name_does_not_hold(
    sandbox: Sandbox, judge
) -> None:
    demo = sandbox.core.store.pools.get(DEMO_POOL)
    other = replace(demo, id="us-east-1_Other0001", name="other")
    sandbox.core.store.pools.put(other)
    keys = await sandbox.core.keys.of(other.id)
    times = {"exp": ISSUED + 60, "iat": ISSUED}

    for pool_id, holds in ((other.id, True), (DEMO_POOL, False)):
        token = sign({"iss": f"http://localhost:9400/{pool_id}", **times}, keys.access_key)
        assert judge(token).holds is holds


async def test_a_token_of_an_earlier_run_is_known_before_anything_is_signed(
    sandbox: Sandbox, judge, signing_keys
) -> None:
    token = sign({"sub": "x", "exp": ISSUED + 60, "iat": ISSUED}, signing_keys[0])

    assert judge(token).sentence == "Signed by this pool's key, unaltered, 1 min 0 s left."


@pytest.mark.parametrize(
    ("times", "title", "sentence"),
    [
        ({"exp": ISSUED}, "Expired 0 s ago", "Otherwise sound: this pool's key, unaltered."),
        ({"exp": ISSUED + 60, "iat": ISSUED + 9}, "Not valid yet", "9 s ahead."),
        ({"exp": ISSUED + 60, "nbf": ISSUED + 9}, "Not valid yet", "nbf is 9 s ahead."),
        (
            {"exp": ISSUED + 60, "nbf": "soon"},
            "A time that is none",
            "nbf is soon, not a number of seconds.",
        ),
        ({}, "Never expires as it should", "There is no exp."),
        (
            {"exp": True},
            "Never expires as it should",
            "exp is true, not a number of seconds.",
        ),
        (
            {"exp": float("nan")},
            "Never expires as it should",
            "exp is NaN, not a number of seconds.",
        ),
        (
            {"exp": 10**15},
            "Never expires as it should",
            f"exp is {10**15}, not a number of seconds.",
        ),
    ],
)
async def test_a_time_that_does_not_hold_says_which(
    sandbox: Sandbox, judge, signing_keys, times, title, sentence
) -> None:
    judgement = judge(sign(times, signing_keys[0]))

    assert (judgement.holds, judgement.title, judgement.sentence) == (False, title, sentence)


async def test_the_algorithm_is_named_as_the_token_spells_it(judge) -> None:
    judgement = judge("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")

    assert judgement.sentence == "alg is none, expected RS256."


async def test_altered_claims_do_not_hold_either(visitor: Visitor, judge) -> None:
    token = (await visitor.tokens())["id_token"]
    header, payload, signature = token.split(".")
    claims = decoded(payload).replace(b'"alice"', b'"carol"')
    assert claims != decoded(payload)

    judgement = judge(f"{header}.{encode(claims)}.{signature}")

    assert judgement.title == "The signature does not hold"
    assert judgement.sentence == "Altered, or by another key."


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
