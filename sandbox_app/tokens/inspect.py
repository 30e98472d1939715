"""Tokens found, recognised and read without trust; garbage never raises."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256

from sandbox_app.tokens import encoding
from sandbox_app.tokens.keys import SigningKey

Kind = Literal["signed", "encrypted"]

_PARTS: dict[Kind, int] = {"signed": 3, "encrypted": 5}
_LONGEST = 100_000
_RUN = re.compile(r"[A-Za-z0-9._-]{8,}")
_BEGINNING = "eyJ"
"""Base64url of `{"`, with which every compact JSON header begins."""
_MOST_BEGINNINGS = 4


@dataclass(frozen=True, slots=True)
class Decoded:
    """A signed token taken apart; nothing in it has been verified.

    `payload_text` is the payload byte for byte, member order and escapes included.
    """

    header: dict[str, Any]
    payload: dict[str, Any]
    payload_text: str
    signature: bytes
    signing_input: bytes


def decode(token: str) -> Decoded | None:
    """The parts of a three-part token; `None` where it is no such thing."""
    parts = token.split(".")
    if len(parts) != 3 or len(token) > _LONGEST:
        return None
    header = _json_object(parts[0])
    payload = _json_object(parts[1])
    if header is None or payload is None:
        return None
    try:
        signature = encoding.decode(parts[2])
    except ValueError:
        return None
    payload_text = encoding.decode(parts[1]).decode()
    signing_input = f"{parts[0]}.{parts[1]}".encode()
    return Decoded(header, payload, payload_text, signature, signing_input)


def kind_of(token: str) -> Kind | None:
    """Whether this has the form of a signed (JWS) or encrypted (JWE) token, by its header."""
    header, *rest = token.split(".")
    if len(token) > _LONGEST:
        return None
    kind = _kind_by_header(header)
    return kind if kind is not None and len(rest) + 1 == _PARTS[kind] else None


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


def find_tokens(text: str) -> tuple[str, ...]:
    """Every JWT and JWE in a header, body, query or fragment, in order, each once.

    Takes time in proportion to the text, whoever wrote it.
    """
    found: dict[str, None] = {}
    for run in _RUN.finditer(text):
        found |= dict.fromkeys(_tokens_within(run[0].split(".")))
    return tuple(found)


def _tokens_within(parts: list[str]) -> Iterable[str]:
    at = 0
    while at < len(parts):
        beginning = _header_within(parts[at])
        kind = None if beginning is None else _kind_by_header(beginning)
        if beginning is None or kind is None or len(parts) < at + _PARTS[kind]:
            at += 1
            continue
        yield ".".join((beginning, *parts[at + 1 : at + _PARTS[kind]]))
        at += _PARTS[kind]


def _header_within(part: str) -> str | None:
    """The header at the end of this part; percent escapes leave characters glued before it."""
    at = -1
    for _ in range(_MOST_BEGINNINGS):
        at = part.find(_BEGINNING, at + 1)
        if at < 0:
            return None
        if _kind_by_header(part[at:]) is not None:
            return part[at:]
    return None


def _kind_by_header(part: str) -> Kind | None:
    header = _json_object(part)
    if header is None or "alg" not in header:
        return None
    return "encrypted" if "enc" in header else "signed"


def _json_object(part: str) -> dict[str, Any] | None:
    try:
        members = json.loads(encoding.decode(part).decode())
    except (ValueError, RecursionError):
        return None
    return members if isinstance(members, dict) else None
