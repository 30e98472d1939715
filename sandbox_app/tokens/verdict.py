"""What a careful client must ask of a token, answered one question at a time, in words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from sandbox_app.tokens.inspect import Decoded, decode, kind_of, signed_by

_LONGEST_SHOWN = 200
_NO_LEEWAY = timedelta(0)
# Far beyond the year 9999; larger numbers overflow the arithmetic and mean nothing.
_LAST_SECOND = 1e12


@dataclass(frozen=True, slots=True)
class Finding:
    """One question about a token: `holds` is `None` where it was not asked, `words` say why."""

    name: str
    holds: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every question with its answer, and the token's parts where it has any."""

    decoded: Decoded | None
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether the signature was verified and nothing that was asked failed."""
        signed = any(found.name == "Signature" and found.holds for found in self.findings)
        return signed and all(found.holds is not False for found in self.findings)


@dataclass(frozen=True, slots=True)
class Withheld:
    """A key that is known but not published; `because` says why, as words after the kid."""

    public_key: RSAPublicKey
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the asker knows about the token beforehand; `None` leaves the question out.

    `client_id` is compared with `aud` in an ID token and with `client_id` in an access token.
    """

    issuer: str | None = None
    client_id: str | None = None
    token_use: str | None = None


def verify(
    token: str,
    keys: Mapping[str, RSAPublicKey],
    *,
    now: datetime,
    leeway: timedelta = _NO_LEEWAY,
    expected: Expected | None = None,
    withheld: Mapping[str, Withheld] | None = None,
) -> Verdict:
    """Judge a token; only RS256 is accepted, whatever the header asks for.

    Args:
        keys: the published keys by `kid`.
        now: timezone-aware; usually the sandbox's present.
        leeway: clock difference to forgive. Zero when imitating the real service.
        withheld: keys by `kid` that no client could find: their tokens fail, but whether the
            signature is theirs is told.

    Raises:
        ValueError: `now` has no timezone (a caller's bug, not a bad token).

    Source: RFC 7519 section 7.2; contract oidc 10.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a timezone")
    decoded = decode(token)
    if decoded is None:
        return Verdict(None, (Finding("Well formed", False, _why_unreadable(token)),))
    answers = (
        Finding("Well formed", True, "three parts of base64url, two of them JSON objects"),
        *_signature(decoded, keys, withheld or {}),
        *_times(decoded.payload, now.timestamp(), leeway.total_seconds()),
        *_identity(decoded.payload, expected or Expected()),
    )
    return Verdict(decoded, answers)


def _why_unreadable(token: str) -> str:
    if kind_of(token) == "encrypted":
        return "an encrypted token, opaque to everyone but its pool"
    count = token.count(".") + 1
    if count != 3:
        return f"a signed token has three parts, this has {count}"
    return "a part is not base64url, or header or payload is not a JSON object"


def _signature(
    decoded: Decoded, keys: Mapping[str, RSAPublicKey], withheld: Mapping[str, Withheld]
) -> Iterator[Finding]:
    algorithm, kid = decoded.header.get("alg"), decoded.header.get("kid")
    right = algorithm == "RS256"
    yield Finding("Algorithm", right, "RS256" if right else f"{_shown(algorithm)}, expected RS256")
    key = keys.get(kid) if isinstance(kid, str) else None
    hidden = withheld.get(kid) if isinstance(kid, str) and key is None else None
    if hidden is not None:
        key = hidden.public_key
        yield Finding("Key is published", False, f"{_shown(kid)} {hidden.because}")
    elif key is None:
        yield Finding("Key is published", False, f"no published key has the kid {_shown(kid)}")
        yield Finding("Signature", None, "not checked without a key")
        return
    else:
        yield Finding("Key is published", True, _shown(kid))
    if not right:
        yield Finding("Signature", None, "not checked: only RS256 is")
        return
    holds = signed_by(decoded, key)
    yield Finding("Signature", holds, "by this key" if holds else "altered, or by another key")


def _times(payload: Mapping[str, Any], now: float, leeway: float) -> Iterator[Finding]:
    expires, issued, begins = (_seconds(payload.get(name)) for name in ("exp", "iat", "nbf"))
    if expires is None:
        yield Finding("Not expired", False, _unusable(payload, "exp"))
    else:
        left = expires - now
        words = f"{left:.0f} s left" if left > 0 else f"expired {-left:.0f} s ago"
        yield Finding("Not expired", left > -leeway, words)
    if issued is None:
        yield _no_time(payload, "Issued in the past", "iat")
    else:
        words = f"{now - issued:.0f} s ago" if issued <= now else f"{issued - now:.0f} s ahead"
        yield Finding("Issued in the past", issued <= now + leeway, words)
    if begins is None:
        yield _no_time(payload, "Already valid", "nbf")
    else:
        words = "nbf has passed" if begins <= now else f"nbf is {begins - now:.0f} s ahead"
        yield Finding("Already valid", begins <= now + leeway, words)


def _no_time(payload: Mapping[str, Any], name: str, claim: str) -> Finding:
    """An optional time: absent leaves the question open, unusable answers it."""
    return Finding(name, False if claim in payload else None, _unusable(payload, claim))


def _unusable(payload: Mapping[str, Any], claim: str) -> str:
    if claim not in payload:
        return f"there is no {claim}"
    return f"{claim} is {_shown(payload[claim])}, not a number of seconds"


def _identity(payload: Mapping[str, Any], expected: Expected) -> Iterator[Finding]:
    use = payload.get("token_use")
    owner = "client_id" if use == "access" else "aud"
    for name, claim, wanted in (
        ("Issuer", "iss", expected.issuer),
        ("Client", owner, expected.client_id),
        ("Token use", "token_use", expected.token_use),
    ):
        stated = payload.get(claim)
        if wanted is None:
            yield Finding(name, None, f"not checked: {claim} is {_shown(stated)}")
        elif stated == wanted or (claim == "aud" and isinstance(stated, list) and wanted in stated):
            yield Finding(name, True, _shown(stated))
        else:
            yield Finding(name, False, f"{claim} is {_shown(stated)}, expected {wanted}")


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < _LAST_SECOND else None


def _shown(value: object) -> str:
    """A claim in a few words; what is nested is only named, for it may be without end."""
    if value is None:
        return "absent"
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
