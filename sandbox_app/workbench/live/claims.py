"""What each claim of a token means, with its times as epoch, local and relative."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sandbox_app.workbench.live.words import local_date, relative_words, showable

_MEANINGS: Mapping[str, str] = MappingProxyType(
    {
        "sub": "The user, never reused",
        "iss": "The pool that signed it",
        "aud": "The client it was made for",
        "client_id": "The client it was made for",
        "token_use": "What the token may be used for",
        "scope": "What the bearer may ask for",
        "auth_time": "Signed in",
        "iat": "Issued",
        "exp": "Expires",
        "nbf": "Not valid before",
        "jti": "This token alone",
        "origin_jti": "The session; revoking it ends the family",
        "event_id": "This sign-in, in the log",
        "nonce": "Sent by the app at authorize",
        "at_hash": "Ties this token to its access token",
        "version": "Version of the access token's format",
        "username": "The user's name in the pool",
        "cognito:username": "The sign-in name",
        "cognito:groups": "Groups, an array even for one",
        "cognito:roles": "Roles of the groups",
        "cognito:preferred_role": "Role of the group that comes first",
        "identities": "The provider accounts behind the user",
        "email": "Attribute",
        "email_verified": "Whether the address was verified",
        "phone_number": "Attribute",
        "phone_number_verified": "Whether the number was verified",
    }
)
_BEGINNINGS = frozenset({"iat", "nbf"})
_ASKED = _BEGINNINGS | {"exp"}
"""Times that a careful client asks of a token, so that nonsense in them fails it."""

_TIMES = _ASKED | {"auth_time"}
_FIRST_SECOND, _LAST_SECOND = -62_135_596_800, 253_402_300_799
"""The calendar, from the year 1 to the end of 9999."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim as a row: `failing` where it makes the token unusable now."""

    name: str
    value: str
    meaning: str
    failing: bool = False


def explain(payload: Mapping[str, Any], now: float) -> tuple[Claim, ...]:
    """The claims in the order they were sent; `now` in epoch seconds."""
    return tuple(_explain(name, value, now) for name, value in payload.items())


def _explain(name: str, value: object, now: float) -> Claim:
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    shown, meaning = showable(shown), _meaning(name)
    if name not in _TIMES:
        return Claim(showable(name), shown, meaning)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return Claim(name, shown, meaning, failing=name in _ASKED)
    # Asked this way round, because NaN answers every comparison with no.
    if not _FIRST_SECOND <= value <= _LAST_SECOND:
        return Claim(name, shown, f"{meaning}: not a date of the calendar", name in _ASKED)
    expired, early = name == "exp" and value <= now, name in _BEGINNINGS and value > now
    verb = "Expired" if expired else meaning
    words = f"{verb} {local_date(value)}, {relative_words(value, now)}"
    return Claim(name, shown, words, failing=expired or early)


def _meaning(name: str) -> str:
    return _MEANINGS.get(name, "Attribute" if name.startswith("custom:") else "")
