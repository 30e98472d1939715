"""The refresh token's outward shape (contract oidc 10.3)."""

import hashlib
import json

from jwcrypto import jwe, jwk

from sandbox_app.tokens import refresh
from sandbox_app.tokens.inspect import kind_of, unverified_claims
from sandbox_app.tokens.keys import to_pem

PREFIX = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ."
SESSION = {"origin_jti": "o-1", "sub": "s-1"}


def test_it_has_five_parts_of_the_real_lengths(key):
    token = refresh.new_refresh_token(SESSION, key.public_key)
    parts = token.split(".")

    assert token.startswith(PREFIX)
    assert [len(parts[1]), len(parts[2]), len(parts[4])] == [342, 16, 22]
    assert len(parts) == 5
    assert 1_500 < len(token) < 1_900


def test_an_independent_library_opens_it_with_the_private_key(key):
    token = refresh.new_refresh_token(SESSION, key.public_key)
    reader = jwe.JWE()
    reader.allowed_algs = ["RSA-OAEP", "A256GCM"]

    reader.deserialize(token, jwk.JWK.from_pem(to_pem(key)))

    assert json.loads(reader.payload) == SESSION


def test_no_two_are_alike(key):
    made = {refresh.new_refresh_token(SESSION, key.public_key) for _ in range(20)}

    assert len(made) == 20


def test_a_long_session_is_not_cut(key):
    long = {"sub": "x" * 5_000}

    assert len(refresh.new_refresh_token(long, key.public_key)) > 5_000


def test_the_fingerprint_is_the_sha_256_of_the_text():
    assert refresh.fingerprint("abc") == hashlib.sha256(b"abc").hexdigest()


def test_any_text_has_a_fingerprint():
    assert len(refresh.fingerprint("\ud800ü")) == 64


def test_it_is_recognised_as_no_signed_token(key):
    token = refresh.new_refresh_token(SESSION, key.public_key)

    assert kind_of(token) == "encrypted"
    assert unverified_claims(token) is None  # RV-3 asks this
