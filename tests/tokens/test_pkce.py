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


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


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
        (encoded(VERIFIER.encode()), "without a hash"),
        (pkce.challenge_of(CHALLENGE), "hashed twice"),
        (encoded(hashlib.sha1(VERIFIER.encode()).digest()), "SHA-1"),
        (encoded(hashlib.sha512(VERIFIER.encode()).digest()), "SHA-512"),
        (
            encoded(hashlib.sha256(base64.urlsafe_b64decode(VERIFIER + "=")).digest()),
            "the bytes that the verifier encodes",
        ),
    ],
)
def test_a_near_miss_is_named(challenge, words):
    assert not pkce.verifies(challenge, VERIFIER)
    assert words in (pkce.near_miss(challenge, VERIFIER) or "")


@pytest.mark.parametrize(
    ("made_of", "sent", "words"),
    [
        (VERIFIER, f" {VERIFIER}", "white space"),
        (VERIFIER, f'"{VERIFIER}"', "quotation marks"),
        ("a+b" * 15, "a%2Bb" * 15, "percent-encoded"),
        ("a+b" * 15, "a b" * 15, "arrived as a space"),
        (VERIFIER, f"{VERIFIER}=", "padding that the challenge was without"),
        (f"{VERIFIER}=", VERIFIER, "lost its = padding"),
    ],
)
def test_a_verifier_spoilt_on_its_way_is_told_by_what_happened(made_of, sent, words):
    assert words in (pkce.near_miss(pkce.challenge_of(made_of), sent) or "")


def test_a_challenge_sent_as_its_own_verifier_is_recognised():
    said = pkce.near_miss(CHALLENGE, CHALLENGE) or ""
    assert "as for the method plain" in said or "in place of the verifier" in said


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
