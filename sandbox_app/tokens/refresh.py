"""Refresh tokens: opaque to clients, five-part JWE in shape (contract oidc 10.3)."""

import hashlib
import json
import os

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1

from sandbox_app.tokens import encoding

HEADER = encoding.encode(b'{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}')
# RSA-OAEP as JWA defines it hashes with SHA-1 (RFC 7518 section 4.3); its safety does not rest
# on collision resistance.
_OAEP = padding.OAEP(mgf=padding.MGF1(SHA1()), algorithm=SHA1(), label=None)
_ASSOCIATED = HEADER.encode()
_PADDED_TO = 900
_TAG = 16


def new_refresh_token(session: dict[str, str], key: rsa.RSAPublicKey) -> str:
    """About 1,650 characters whose content nobody needs to read: the fingerprint finds them.

    Args:
        session: what it is about, sealed inside for the sake of the right length and shape.
        key: the pool's; a 2048-bit one makes the 342 characters of the real second part.
    """
    random = os.urandom(44)
    content_key, nonce = random[:32], random[32:]
    padded = json.dumps(session).encode().ljust(_PADDED_TO)
    sealed = AESGCM(content_key).encrypt(nonce, padded, _ASSOCIATED)
    wrapped = key.encrypt(content_key, _OAEP)
    parts = (wrapped, nonce, sealed[:-_TAG], sealed[-_TAG:])
    return ".".join((HEADER, *(encoding.encode(part) for part in parts)))


def fingerprint(token: str) -> str:
    """The SHA-256 under which the workspace finds the token without keeping it."""
    return hashlib.sha256(encoding.octets(token)).hexdigest()
