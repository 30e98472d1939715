"""Proof Key for Code Exchange, S256 only (contract oidc 13, RFC 7636)."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from sandbox_app.tokens import encoding

_HASH = 43
"""Characters of a SHA-256 hash as unpadded base64url."""


def challenge_of(verifier: str) -> str:
    """Unpadded base64url of the SHA-256 of the verifier (RFC 7636 section 4.2)."""
    return encoding.encode(_digest(verifier))


def verifies(challenge: str, verifier: str) -> bool:
    """Whether the verifier answers the challenge; compared in constant time."""
    return hmac.compare_digest(challenge_of(verifier).encode(), encoding.octets(challenge))


def near_miss(challenge: str, verifier: str) -> str | None:
    """What went wrong between a challenge and a verifier, in words; `None` if nothing fits.

    Both are looked at: the challenge may have been made wrongly, or the verifier spoilt since.
    """
    if challenge == challenge_of(verifier):
        return None
    return _wrongly_made(challenge, verifier) or _spoilt(challenge, verifier)


def _wrongly_made(challenge: str, verifier: str) -> str | None:
    octets, digest = encoding.octets(verifier), _digest(verifier)
    hexadecimal, standard = digest.hex(), base64.b64encode(digest).decode()
    mistakes = (
        (verifier, _same_text(challenge)),
        (challenge_of(verifier) + "=", "the challenge still has its = padding"),
        (standard, "the challenge is standard base64, not base64url"),
        (standard.rstrip("="), "the challenge is standard base64, not base64url"),
        (hexadecimal, "the challenge is the hash in hexadecimal, not base64url"),
        (hexadecimal.upper(), "the challenge is the hash in hexadecimal, not base64url"),
        (encoding.encode(hexadecimal.encode()), "the challenge is base64url of the hash in hex"),
        (encoding.encode(octets), "the challenge is base64url of the verifier, without a hash"),
        (challenge_of(challenge_of(verifier)), "the challenge was hashed twice"),
        *(
            (encoding.encode(hashlib.new(name, octets).digest()), f"the challenge is a {words}")
            for name, words in (("sha1", "SHA-1 hash"), ("sha512", "SHA-512 hash"))
        ),
        *((made, words) for made, words in _of_bytes(verifier)),
    )
    return next((words for text, words in mistakes if text == challenge), None)


def _same_text(challenge: str) -> str:
    if len(challenge) == _HASH:
        # It may be a hash as well, of a verifier that was not sent.
        return "challenge and verifier are the same text, as for the method plain"
    return "the challenge is the verifier itself, as for the method plain"


def _of_bytes(verifier: str) -> Iterator[tuple[str, str]]:
    words = "the challenge hashes the bytes that the verifier encodes, not its characters"
    readers: tuple[Callable[[str], bytes], ...] = (encoding.decode, bytes.fromhex)
    for read in readers:
        try:
            yield encoding.encode(hashlib.sha256(read(verifier)).digest()), words
        except ValueError:
            continue


def _spoilt(challenge: str, verifier: str) -> str | None:
    padding = "=" * (-len(verifier) % 4)
    meant = (
        (verifier.strip(), "the verifier came with white space around it"),
        (verifier.strip("\"'"), "the verifier came with quotation marks around it"),
        (unquote(verifier), "the verifier came percent-encoded once too often"),
        (verifier.replace(" ", "+"), "the verifier's + arrived as a space"),
        (verifier.rstrip("="), "the verifier came with = padding that the challenge was without"),
        (verifier + padding, "the verifier lost its = padding"),
    )
    return next(
        (words for text, words in meant if text != verifier and challenge_of(text) == challenge),
        None,
    )


def _digest(verifier: str) -> bytes:
    return hashlib.sha256(encoding.octets(verifier)).digest()
