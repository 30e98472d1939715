"""Signing keys and the key set (JW-1 to JW-3)."""

import base64
import json

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox_app.tokens import encoding, inspect, mint
from sandbox_app.tokens.keys import from_pem, jwks, new_kid, to_pem


def test_a_kid_is_standard_base64_of_32_bytes():
    kids = [new_kid() for _ in range(200)]

    assert {len(kid) for kid in kids} == {44}  # JW-3
    assert {len(base64.b64decode(kid, validate=True)) for kid in kids} == {32}
    assert any("/" in kid or "+" in kid for kid in kids)
    assert len(set(kids)) == 200


def test_the_key_set_lists_members_in_the_real_order(key, other_key):
    published = jwks([key, other_key])["keys"]

    assert [list(member) for member in published] == [["alg", "e", "kid", "kty", "n", "use"]] * 2
    assert {member["kid"] for member in published} == {key.kid, other_key.kid}  # JW-1
    assert all(
        (m["alg"], m["e"], m["kty"], m["use"]) == ("RS256", "AQAB", "RSA", "sig") for m in published
    )  # JW-2
    modulus = published[0]["n"]
    assert "=" not in modulus
    assert int.from_bytes(encoding.decode(modulus), "big").bit_length() == 2048


def test_the_key_set_holds_no_private_member(key):
    assert not {"d", "p", "q", "dp", "dq", "qi"} & set(jwks([key])["keys"][0])
    json.dumps(jwks([key]))


def test_a_key_comes_back_from_its_pem(key):
    back = from_pem(to_pem(key), kid=key.kid)

    assert back.kid == key.kid
    assert inspect.verified_claims(mint.sign({"sub": "x"}, back), [key]) == {"sub": "x"}


def _curve_pem(password: bytes | None = None) -> bytes:
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if password is not None:
        encryption = serialization.BestAvailableEncryption(password)
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )


@pytest.mark.parametrize("pem", [b"", b"nonsense", _curve_pem(), _curve_pem(b"secret")])
def test_what_is_no_plain_rsa_key_is_refused(pem):
    with pytest.raises(ValueError, match=r"."):
        from_pem(pem, kid="k")
