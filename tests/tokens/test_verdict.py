"""A token judged one question at a time."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.tokens import claims, encoding, mint, refresh
from sandbox_app.tokens.verdict import Expected, verify

ISSUED = 1_700_000_060
EXPIRES = ISSUED + 3_600
NOW = datetime.fromtimestamp(ISSUED + 100, UTC)


@pytest.fixture
def published(key):
    return {key.kid: key.public_key}


@pytest.fixture
def ask(a_grant, key, published):
    """Mint an access token with changed claims and judge it."""

    def judge(*, token=None, now=NOW, leeway=0, changes=None, **expected):
        payload = claims.access_token(
            a_grant(), expires_at=EXPIRES, jti="j", scopes=("openid",), resource=None
        ) | (changes or {})
        return verify(
            token or mint.sign(payload, key),
            published,
            now=now,
            leeway=timedelta(seconds=leeway),
            expected=Expected(**expected),
        )

    return judge


def _answers(verdict):
    return {found.name: found.holds for found in verdict.findings}


def _words(verdict, name):
    return next(found.words for found in verdict.findings if found.name == name)


def test_a_good_token_answers_every_question(ask, a_grant):
    verdict = ask(
        issuer=a_grant().issuer,
        client_id=a_grant().client_id,
        token_use="access",
        changes={"nbf": ISSUED},
    )

    assert verdict.holds
    assert _answers(verdict) == dict.fromkeys(
        [
            "Well formed",
            "Algorithm",
            "Key is published",
            "Signature",
            "Not expired",
            "Issued in the past",
            "Already valid",
            "Issuer",
            "Client",
            "Token use",
        ],
        True,
    )


def test_what_was_not_asked_is_left_open(ask):
    answers = _answers(ask())

    assert [answers[name] for name in ("Issuer", "Client", "Token use", "Already valid")] == (
        [None] * 4
    )
    assert ask().holds


@pytest.mark.parametrize(
    ("broken", "asked"),
    [
        ("Not expired", {"now": datetime.fromtimestamp(EXPIRES, UTC)}),
        ("Not expired", {"changes": {"exp": "soon"}}),
        ("Not expired", {"changes": {"exp": 10**400}}),
        ("Not expired", {"changes": {"exp": float("nan")}}),
        ("Not expired", {"changes": {"exp": True}}),
        ("Issued in the past", {"now": datetime.fromtimestamp(ISSUED - 1, UTC)}),
        ("Issued in the past", {"changes": {"iat": [1]}}),
        ("Issued in the past", {"changes": {"iat": True}}),
        ("Already valid", {"changes": {"nbf": ISSUED + 101}}),
        ("Issuer", {"issuer": "http://localhost:9400/eu-west-1_Other0000"}),
        ("Client", {"client_id": "other"}),
        ("Token use", {"token_use": "id"}),
    ],
)
def test_one_fault_fails_one_question(ask, broken, asked):
    verdict = ask(**asked)

    failed = [name for name, holds in _answers(verdict).items() if holds is False]
    assert failed == [broken]
    assert not verdict.holds


def test_a_token_lives_until_the_second_of_its_exp(ask):
    assert ask(now=datetime.fromtimestamp(EXPIRES - 1, UTC)).holds


def test_leeway_forgives_a_slow_clock(ask):
    late = datetime.fromtimestamp(EXPIRES + 9, UTC)

    assert ask(now=late, leeway=10).holds
    assert not ask(now=late, leeway=9).holds
    assert "9 s ago" in _words(ask(now=late), "Not expired")


def test_a_missing_exp_is_a_fault(ask, key):
    verdict = ask(token=mint.sign({"sub": "s"}, key))

    assert _answers(verdict)["Not expired"] is False
    assert _words(verdict, "Not expired") == "there is no exp"


def test_an_id_token_names_its_client_in_aud(ask, a_grant, key):
    token = mint.sign(
        claims.id_token(
            a_grant(), expires_at=EXPIRES, jti="j", access_token="a", attributes={}, nonce=None
        ),
        key,
    )

    assert ask(token=token, client_id=a_grant().client_id, token_use="id").holds


def test_a_foreign_token_may_list_several_audiences(ask, key):
    token = mint.sign({"aud": ["a", "b"], "exp": EXPIRES}, key)

    assert ask(token=token, client_id="b").holds
    assert not ask(token=token, client_id="c").holds


def test_an_unknown_key_leaves_the_signature_open(ask, other_key):
    verdict = ask(token=mint.sign({"exp": EXPIRES}, other_key))

    assert _answers(verdict)["Key is published"] is False
    assert _answers(verdict)["Signature"] is None
    assert other_key.kid in _words(verdict, "Key is published")
    assert not verdict.holds


def test_a_changed_payload_breaks_the_signature_alone(ask, key):
    header, _, signature = mint.sign({"exp": 1}, key).split(".")
    payload = encoding.encode(json.dumps({"exp": EXPIRES}).encode())

    verdict = ask(token=f"{header}.{payload}.{signature}")

    assert [name for name, holds in _answers(verdict).items() if holds is False] == ["Signature"]


@pytest.mark.parametrize("algorithm", ["none", "HS256", "rs256", None])
def test_another_algorithm_is_refused_without_a_look_at_the_signature(ask, key, algorithm):
    _, payload, signature = mint.sign({"exp": EXPIRES}, key).split(".")
    header = encoding.encode(json.dumps({"kid": key.kid, "alg": algorithm}).encode())

    verdict = ask(token=f"{header}.{payload}.{signature}")

    assert _answers(verdict)["Algorithm"] is False
    assert _answers(verdict)["Signature"] is None
    assert not verdict.holds


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("", "this has 1"),
        ("a.b", "this has 2"),
        ("a.b.c", "not base64url"),
        ("e30.e30.!", "not base64url"),
        ("e30.W10.", "not a JSON object"),
    ],
)
def test_what_cannot_be_read_says_why(published, token, words):
    verdict = verify(token, published, now=NOW)

    assert verdict.decoded is None
    assert not verdict.holds
    assert words in verdict.findings[0].words


def test_a_refresh_token_is_opaque_not_broken(published, key):
    verdict = verify(refresh.new_refresh_token({}, key.public_key), published, now=NOW)

    assert "opaque" in verdict.findings[0].words


def test_long_and_nested_claims_are_shown_in_few_words(ask):
    long = _words(ask(changes={"iss": "x" * 9_000}), "Issuer")
    nested = _words(ask(changes={"iss": [[[[]]]]}), "Issuer")

    assert len(long) < 300
    assert "a list of 1" in nested


def test_a_moment_without_timezone_is_the_callers_bug(published):
    with pytest.raises(ValueError, match="timezone"):
        verify("x", published, now=datetime(2026, 1, 1))  # noqa: DTZ001  # that is the point


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["alg", "kid", "exp", "iat", "nbf", "iss", "aud", "client_id", "token_use"])


@given(st.dictionaries(NAMES, JSON), st.dictionaries(NAMES, JSON), st.text())
def test_no_claim_of_any_type_raises(header, payload, tail):
    parts = (encoding.encode(json.dumps(part).encode()) for part in (header, payload))
    verdict = verify(
        ".".join((*parts, tail)),
        {},
        now=NOW,
        expected=Expected(issuer="i", client_id="c", token_use="id"),
    )

    assert not verdict.holds
