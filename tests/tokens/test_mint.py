"""The compact form on the wire, byte for byte (TF-1, TF-2), and that others can verify it."""

import json

import pytest
from jwcrypto import jwk, jws

from sandbox_app.tokens import encoding, mint
from sandbox_app.tokens.keys import SigningKey, jwks


def test_the_header_is_kid_then_alg_with_escaped_slashes(key):
    slashed = SigningKey("ko/Gj0cR+x=", key.private_key, key.public_key)

    header = encoding.decode(mint.sign({}, slashed).split(".")[0])

    assert header == b'{"kid":"ko\\/Gj0cR+x=","alg":"RS256"}'  # TF-1, TF-2


def test_a_token_starts_as_every_pasted_token_does(key):
    assert mint.sign({"sub": "x"}, key).startswith("eyJraWQiOi")  # TF-1


def test_the_payload_is_compact_ordered_and_escaped():
    claims = {
        "client_id": "c",
        "jti": "j",
        "version": 2,
        "iat": 1,
        "exp": 2,
        "auth_time": 1,
        "sub": "c",
        "iss": "http://localhost:9400/p",
        "scope": "api/read",
        "token_use": "access",
    }

    assert mint.payload_bytes(claims) == (
        b'{"sub":"c","token_use":"access","scope":"api\\/read","auth_time":1,'
        b'"iss":"http:\\/\\/localhost:9400\\/p","exp":2,"iat":1,"version":2,"jti":"j",'
        b'"client_id":"c"}'
    )  # TF-2, TF-3


@pytest.mark.parametrize("text", ["Grüße", "日本", "😀", "a\\/b", 'q"uote', "\n\x00", "</script>"])
def test_any_text_survives_the_way(text):
    payload = mint.payload_bytes({"name": text})

    assert json.loads(payload) == {"name": text}
    assert b"/" not in payload.replace(b"\\/", b"")


def test_characters_beyond_ascii_are_not_escaped():
    assert mint.payload_bytes({"name": "Zoë"}) == '{"name":"Zoë"}'.encode()


def test_half_a_surrogate_pair_is_escaped_instead_of_failing():
    assert mint.payload_bytes({"nonce": "\ud800"}) == b'{"nonce":"\\ud800"}'


def test_an_independent_library_verifies_it_with_the_published_key(key):
    token = mint.sign({"sub": "x", "iat": 1}, key)
    published = jwk.JWK(**jwks([key])["keys"][0])
    reader = jws.JWS()
    reader.allowed_algs = ["RS256"]
    reader.deserialize(token)

    reader.verify(published)

    assert json.loads(reader.payload) == {"sub": "x", "iat": 1}


def test_an_independent_library_refuses_it_with_another_key(key, other_key):
    reader = jws.JWS()
    reader.deserialize(mint.sign({"sub": "x"}, key))

    with pytest.raises(jws.InvalidJWSSignature):
        reader.verify(jwk.JWK(**jwks([other_key])["keys"][0]))
