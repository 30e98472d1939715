"""Tokens read without trust, and verified one question at a time; garbage never raises."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox_app.tokens import encoding
from sandbox_app.tokens.keys import SigningKey

_JWT = re.compile(r"eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){1,3}")
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A signed token taken apart; nothing in it has been verified."""

    header: dict[str, Any]
    payload: dict[str, Any]
    payload_text: str
    signature: bytes
    signing_input: bytes


@dataclass(frozen=True, slots=True)
class Finding:
    """One question about a token: `holds` is `None` where it could not be asked."""

    name: str
    holds: bool | None
    words: str


def decode(token: str) -> Decoded | None:
    """The parts of a three-part token; `None` where it is no such thing."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _LONGEST:
        return None
    try:
        header_bytes, payload_bytes, signature = (encoding.decode(part) for part in parts)
        header = json.loads(header_bytes)
        payload_text = payload_bytes.decode()
        payload = json.loads(payload_text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or not isinstance(payload, dict):
        return None
    signing_input = f"{parts[0]}.{parts[1]}".encode()
    return Decoded(header, payload, payload_text, signature, signing_input)


def unverified_claims(token: str) -> dict[str, Any] | None:
    """The payload of what looks like a signed token; trust nothing in it."""
    decoded = decode(token)
    return None if decoded is None else decoded.payload


def verified_claims(token: str, keys: Iterable[SigningKey]) -> dict[str, Any] | None:
    """The payload, if the signature is RS256 by one of the keys and its `kid` says so."""
    decoded = decode(token)
    if decoded is None or decoded.header.get("alg") != "RS256":
        return None
    key = next((key for key in keys if key.kid == decoded.header.get("kid")), None)
    if key is None or not signed_by(decoded, key.public_key):
        return None
    return decoded.payload


def signed_by(decoded: Decoded, key: RSAPublicKey) -> bool:
    """Whether the signature is RS256 by this key."""
    try:
        key.verify(decoded.signature, decoded.signing_input, padding.PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True


def findings(
    decoded: Decoded, keys: Mapping[str, RSAPublicKey], *, now: datetime, issuer: str | None = None
) -> tuple[Finding, ...]:
    """The questions a client must ask of a token of this pool, answered one by one.

    Args:
        keys: the published keys by `kid`.
        now: the sandbox's present; no leeway is given.
        issuer: the issuer expected, `None` to leave that question out.
    """
    asked = [
        _algorithm(decoded),
        *_signature(decoded, keys),
        *_times(decoded.payload, now.timestamp()),
    ]
    if issuer is not None:
        stated = decoded.payload.get("iss")
        asked.append(Finding("Issuer", stated == issuer, f"{stated}, expected {issuer}"))
    return tuple(asked)


def find_tokens(text: str) -> tuple[str, ...]:
    """Every JWT or JWE in a text, in order, each once."""
    return tuple(dict.fromkeys(match[0] for match in _JWT.finditer(text)))


def _algorithm(decoded: Decoded) -> Finding:
    algorithm = decoded.header.get("alg")
    return Finding("Algorithm", algorithm == "RS256", f"{algorithm}")


def _signature(
    decoded: Decoded, keys: Mapping[str, RSAPublicKey]
) -> tuple[Finding, Finding]:
    kid = decoded.header.get("kid")
    key = keys.get(kid) if isinstance(kid, str) else None
    if key is None:
        return (
            Finding("Key is published", False, f"no key of this pool has the kid {kid}"),
            Finding("Signature", None, "not asked without a key"),
        )
    holds = signed_by(decoded, key)
    words = "RS256 by a key of this pool" if holds else "altered, or by another key"
    return Finding("Key is published", True, str(kid)), Finding("Signature", holds, words)


def _times(payload: Mapping[str, Any], now: float) -> Iterable[Finding]:
    expires = _number(payload.get("exp"))
    if expires is None:
        yield Finding("Not expired", False, "there is no exp")
    else:
        left = expires - now
        words = f"{left:.0f} s left" if left > 0 else f"expired {-left:.0f} s ago"
        yield Finding("Not expired", left > 0, words)
    issued = _number(payload.get("iat"))
    if issued is not None:
        words = f"{now - issued:.0f} s ago" if issued <= now else f"{issued - now:.0f} s ahead"
        yield Finding("Issued in the past", issued <= now, words)
    begins = _number(payload.get("nbf"))
    if begins is not None:
        yield Finding("Already valid", begins <= now, f"nbf is {begins:.0f}")


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
