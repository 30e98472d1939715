"""Proof Key for Code Exchange, S256 only (contract oidc 13, RFC 7636)."""

import base64
import hashlib
import hmac

from sandbox_app.tokens import encoding


def challenge_of(verifier: str) -> str:
    """Unpadded base64url of the SHA-256 of the verifier (RFC 7636 section 4.2)."""
    return encoding.encode(hashlib.sha256(verifier.encode()).digest())


def verifies(challenge: str, verifier: str) -> bool:
    """Whether the verifier answers the challenge; compared in constant time."""
    return hmac.compare_digest(challenge_of(verifier).encode(), challenge.encode())


def near_miss(challenge: str, verifier: str) -> str | None:
    """What a wrong challenge was made of, in words for a person; `None` if nothing fits."""
    digest = hashlib.sha256(verifier.encode()).digest()
    mistakes = {
        verifier: "the challenge is the verifier itself, as for the method plain",
        digest.hex(): "the challenge is the hash in hexadecimal instead of base64url",
        base64.urlsafe_b64encode(digest).decode(): "the challenge still has its = padding",
        base64.b64encode(digest).decode(): "the challenge is standard base64, not base64url",
        encoding.encode(digest.hex().encode()): "the challenge is base64url of the hash in hex",
    }
    return next((words for text, words in mistakes.items() if text == challenge), None)
