"""Signing keys and the published key set (contract oidc 3)."""

import base64
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox_app.tokens import encoding

PublicKey = rsa.RSAPublicKey
"""What a token is verified with."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An RSA-2048 key pair under its `kid`; parsed once, as parsing costs more than signing."""

    kid: str
    private_key: rsa.RSAPrivateKey
    public_key: rsa.RSAPublicKey


def generate_key() -> SigningKey:
    """A new key under a new `kid` (JW-3). Takes 14 to 140 ms: call it in a thread."""
    return _named(new_kid(), rsa.generate_private_key(public_exponent=65537, key_size=2048))


def new_kid() -> str:
    """Standard base64 of 32 bytes, 44 characters, which may hold `/` and `+` (JW-3)."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def to_pem(key: SigningKey) -> bytes:
    """The private key as the workspace keeps it: PKCS 8, unencrypted in a 0600 file."""
    return key.private_key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def from_pem(pem: bytes, *, kid: str) -> SigningKey:
    """The key that `to_pem` wrote.

    OpenSSL's own check is left out (55 ms against 0.06 ms), because we made the key ourselves.

    Raises:
        ValueError: this is no unencrypted RSA key in PEM.
    """
    try:
        private_key = serialization.load_pem_private_key(
            pem, password=None, unsafe_skip_rsa_key_validation=True
        )
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(str(error)) from error
    if isinstance(private_key, rsa.RSAPrivateKey):
        return _named(kid, private_key)
    raise ValueError("a pool's key must be an RSA key")


def jwks(keys: Iterable[SigningKey]) -> dict[str, Any]:
    """The key set, members in the real order: alg, e, kid, kty, n, use (JW-2)."""
    return {"keys": [_public_jwk(key) for key in keys]}


def _public_jwk(key: SigningKey) -> dict[str, str]:
    numbers = key.public_key.public_numbers()
    return {
        "alg": "RS256",
        "e": _integer(numbers.e),
        "kid": key.kid,
        "kty": "RSA",
        "n": _integer(numbers.n),
        "use": "sig",
    }


def _integer(number: int) -> str:
    return encoding.encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _named(kid: str, private_key: rsa.RSAPrivateKey) -> SigningKey:
    return SigningKey(kid, private_key, private_key.public_key())
