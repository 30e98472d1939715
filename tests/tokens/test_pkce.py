"""S256 as RFC 7636 has it, and the mistakes people make (contract oidc 13)."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.tokens import pkce

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
DIGEST = hashlib.sha256(VERIFIER.encode()).digest()
# Its digest has neither of the two characters in which the base64 alphabets differ.
PLAIN_VERIFIER = next(
    text
    for text in (f"verifier-{n}" for n in range(1000))
    if not {"+", "/"} & set(base64.b64encode(hashlib.sha256(text.encode()).digest()).decode())
)


def test_the_vector_of_rfc_7636_appendix_b_holds():
    assert pkce.challenge_of(VERIFIER) == CHALLENGE
    assert pkce.verifies(CHALLENGE, VERIFIER)


@pytest.mark.parametrize(
    "verifier", ["", VERIFIER + "x", VERIFIER.lower(), CHALLENGE, "ü", "\ud800"]
)
def test_any_other_verifier_fails(verifier):
    assert not pkce.verifies(CHALLENGE, verifier)


@pytest.mark.parametrize(
    ("challenge", "words"),
    [
        (VERIFIER, "plain"),
        (DIGEST.hex(), "hexadecimal"),
        (CHALLENGE + "=", "padding"),
        (base64.b64encode(DIGEST).decode(), "standard base64"),
        (base64.b64encode(DIGEST).decode().rstrip("="), "standard base64"),
        (base64.urlsafe_b64encode(DIGEST.hex().encode()).decode().rstrip("="), "hash in hex"),
    ],
)
def test_a_near_miss_is_named(challenge, words):
    assert not pkce.verifies(challenge, VERIFIER)
    assert words in (pkce.near_miss(challenge, VERIFIER) or "")


def test_padding_is_blamed_where_the_alphabets_agree():
    padded = pkce.challenge_of(PLAIN_VERIFIER) + "="

    assert "padding" in (pkce.near_miss(padded, PLAIN_VERIFIER) or "")


@pytest.mark.parametrize("verifier", [VERIFIER, PLAIN_VERIFIER])
def test_the_right_challenge_is_no_near_miss(verifier):
    assert pkce.near_miss(pkce.challenge_of(verifier), verifier) is None


def test_an_unrelated_challenge_is_no_near_miss():
    assert pkce.near_miss(pkce.challenge_of("another"), VERIFIER) is None


ANY_TEXT = st.text(st.characters(exclude_categories=()))


@given(ANY_TEXT, ANY_TEXT)
def test_no_text_makes_the_comparison_raise(challenge, verifier):
    assert pkce.verifies(challenge, verifier) == (challenge == pkce.challenge_of(verifier))
    pkce.near_miss(challenge, verifier)
