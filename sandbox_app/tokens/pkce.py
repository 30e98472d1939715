"""Proof Key for Code Exchange, S256 only (contract oidc 13, RFC 7636)."""

import base64
import hashlib
import hmac

from sandbox_app.tokens import encoding


def challenge_of(verifier: str) -> str:
    """Unpadded base64url of the SHA-256 of the verifier (RFC 7636 section 4.2)."""
    return encoding.encode(_digest(verifier))


def verifies(challenge: str, verifier: str) -> bool:
    """Whether the verifier answers the challenge; compared in constant time."""
    return hmac.compare_digest(challenge_of(verifier).encode(), encoding.octets(challenge))


def near_miss(challenge: str, verifier: str) -> str | None:
    """What a wrong challenge was made of, in words for a person; `None` if nothing fits."""
    if challenge == challenge_of(verifier):
        return None
    digest = _digest(verifier)
    hexadecimal, standard = digest.hex(), base64.b64encode(digest).decode()
    mistakes = (
        (verifier, "the challenge is the verifier itself, as for the method plain"),
        (challenge_of(verifier) + "=", "the challenge still has its = padding"),
        (standard, "the challenge is standard base64, not base64url"),
        (standard.rstrip("="), "the challenge is standard base64, not base64url"),
        (hexadecimal, "the challenge is the hash in hexadecimal, not base64url"),
        (encoding.encode(hexadecimal.encode()), "the challenge is base64url of the hash in hex"),
    )
    return next((words for text, words in mistakes if text == challenge), None)


def _digest(verifier: str) -> bytes:
    return hashlib.sha256(encoding.octets(verifier)).digest()
