"""Tokens found, recognised and read; garbage never raises."""

import json
import time

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.tokens import encoding, mint, refresh
from sandbox_app.tokens.inspect import (
    decode,
    find_tokens,
    kind_of,
    unverified_claims,
    verified_claims,
)
from sandbox_app.tokens.keys import SigningKey


@pytest.fixture(scope="session")
def token(key):
    return mint.sign({"sub": "s", "iss": "http://localhost/p", "exp": 10}, key)


def _crafted(header, payload="{}", signature="") -> str:
    parts = (json.dumps(header), payload)
    return ".".join((*(encoding.encode(part.encode()) for part in parts), signature))


def test_a_token_comes_apart_with_its_bytes_intact(token):
    decoded = decode(token)

    assert decoded is not None
    assert decoded.payload["iss"] == "http://localhost/p"
    assert '"iss":"http:\\/\\/localhost\\/p"' in decoded.payload_text
    assert len(decoded.signature) == 256
    assert token.startswith(decoded.signing_input.decode())


def test_the_signature_opens_it(token, key, other_key):
    assert verified_claims(token, [other_key, key]) == unverified_claims(token)


def test_another_key_of_the_same_name_does_not(token, key, other_key):
    impostor = SigningKey(key.kid, other_key.private_key, other_key.public_key)

    assert verified_claims(token, [impostor]) is None


def test_a_key_under_another_name_is_not_tried(token, key):
    renamed = SigningKey("another", key.private_key, key.public_key)

    assert verified_claims(token, [renamed]) is None


def test_a_changed_payload_is_refused(token, key):
    header, _, signature = token.split(".")
    forged = encoding.encode(b'{"sub":"root","exp":10}')

    assert verified_claims(f"{header}.{forged}.{signature}", [key]) is None


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512", "PS256", None, ["RS256"]])
def test_only_rs256_is_accepted(token, key, algorithm):
    _, payload, signature = token.split(".")
    header = encoding.encode(json.dumps({"kid": key.kid, "alg": algorithm}).encode())

    assert verified_claims(f"{header}.{payload}.{signature}", [key]) is None
    assert verified_claims(f"{header}.{payload}.", [key]) is None


def test_a_true_signature_under_another_algorithm_name_is_refused(key):
    parts = _crafted({"kid": key.kid, "alg": "RS512"}, "{}").removesuffix(".")
    signature = key.private_key.sign(parts.encode(), PKCS1v15(), SHA256())

    assert verified_claims(f"{parts}.{encoding.encode(signature)}", [key]) is None


@pytest.mark.parametrize("kid", [None, 1, ["a"], {"a": 1}])
def test_a_kid_of_any_type_is_only_unknown(key, kid):
    assert verified_claims(_crafted({"kid": kid, "alg": "RS256"}, "{}", "AAAA"), [key]) is None


def test_kinds_are_told_apart_by_form(token, key):
    assert kind_of(token) == "signed"
    assert kind_of(refresh.new_refresh_token({}, key.public_key)) == "encrypted"
    assert kind_of(_crafted({"alg": "none"})) == "signed"
    assert kind_of(token + ".x.y") is None
    assert kind_of("18fe37c2-8eff-4886-98f4-abbc6a0753a6") is None


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "Authorization: Bearer {}",
        '{{"id_token":"{}","expires_in":3600}}',
        "https://app.example/cb#id_token={}&state=x",
        "next=%2Fcb%23id_token%3D{}%26state%3Dx",
        "the token is {}. And more.",
        "({})",
        "eyJ{}",
    ],
)
def test_a_token_is_found_wherever_it_stands(token, frame):
    assert find_tokens(frame.format(token)) == (token,)


def test_both_kinds_are_found_in_order_and_once(token, key):
    opaque = refresh.new_refresh_token({}, key.public_key)

    assert find_tokens(f"{opaque} {token} {opaque}") == (opaque, token)


@pytest.mark.parametrize(
    "text", ["", "eyJ", "eyJhbGciOiJub25lIn0.", "a.b.c", "1.2.3.4.5", "eyJ.eyJ.x"]
)
def test_what_only_resembles_a_token_is_not_found(text):
    assert find_tokens(text) == ()


@pytest.mark.parametrize("unit", ["eyJ", "eyJ.", "eyJhbGciOiIxIn0.", "a.", "-", "eyJbW1tb"])
def test_finding_takes_time_in_proportion_to_the_text(unit):
    started = time.perf_counter()
    find_tokens(unit * (200_000 // len(unit)))

    assert time.perf_counter() - started < 1.5


@pytest.mark.parametrize(
    "payload",
    ['{"a":' * 5_000, "[" * 60_000, "9" * 6_000, '"\\ud800"', "[1]", "null", "NaN", "\x00", ""],
)
def test_hostile_json_is_no_token(key, payload):
    token = _crafted({"alg": "RS256", "kid": key.kid}, payload, "AAAA")

    assert decode(token) is None
    assert verified_claims(token, [key]) is None
    find_tokens(token)


ANY_TEXT = st.text(st.characters(exclude_categories=()))
TOKENISH = st.lists(
    st.one_of(
        ANY_TEXT,
        st.binary(max_size=40).map(encoding.encode),
        st.dictionaries(
            st.sampled_from(["alg", "kid", "enc", "exp"]), st.integers() | ANY_TEXT
        ).map(lambda members: encoding.encode(json.dumps(members).encode())),
    ),
    max_size=6,
).map(".".join)


@given(ANY_TEXT | TOKENISH)
def test_garbage_never_raises(text):
    decode(text)
    kind_of(text)
    unverified_claims(text)
    verified_claims(text, [])
    assert all(found in text for found in find_tokens(text))
