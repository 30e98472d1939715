"""Names with a value at each side, and whether the two differ in a way that matters."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from sandbox_app.workbench.live.messages import Pairs, location_parameters

_VOLATILE = frozenset(
    {
        # Of one sign-in: parameters, members and claims.
        "_csrf",
        "access_token",
        "at_hash",
        "auth_time",
        "code",
        "code_challenge",
        "code_verifier",
        "event_id",
        "exp",
        "iat",
        "id_token",
        "id_token_hint",
        "jti",
        "nbf",
        "nonce",
        "origin_jti",
        "refresh_token",
        "state",
        "ticket",
        "token",
        # Of one message: headers.
        "age",
        "authorization",
        "content-length",
        "date",
        "etag",
        "expires",
        "if-modified-since",
        "if-none-match",
        "last-modified",
        "traceparent",
        "x-amz-cognito-request-id",
        "x-amzn-requestid",
        "x-request-id",
    }
)
_LABEL = re.compile(r"\(masked-[a-z0-9-]+\)")
_WORD = re.compile(r"[^\s,\[\]\"]+")
_WORD_LISTS = frozenset({"scope", "prompt", "cognito:groups"})


class Kind(StrEnum):
    """How the two sides of a row relate."""

    SAME = "same"
    VOLATILE = "changes every time"
    FOLLOWS = "follows from the refusal"
    DIFFERENT = "different"
    ONLY_LEFT = "only left"
    ONLY_RIGHT = "only right"


@dataclass(frozen=True, slots=True)
class Row:
    """One name with what it is at either side; `None` where it is not there."""

    name: str
    left: str | None
    right: str | None
    kind: Kind

    @property
    def matters(self) -> bool:
        """Whether it could be why the two went differently."""
        return self.kind not in (Kind.SAME, Kind.VOLATILE, Kind.FOLLOWS)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of one part of a message."""

    title: str
    rows: tuple[Row, ...]

    @property
    def differences(self) -> int:
        """How many rows matter."""
        return sum(row.matters for row in self.rows)


def row(name: str, left: str | None, right: str | None) -> Row:
    """Judge two values of one name; a value that is there at one side only always matters."""
    return Row(name, left, right, _kind(name.lower(), left, right))


def by_name(left: Pairs, right: Pairs) -> tuple[Row, ...]:
    """Parameters or headers as sets: their order does not count."""
    ours, theirs = _gathered(left), _gathered(right)
    return tuple(row(name, ours.get(name), theirs.get(name)) for name in {**ours, **theirs})


def _gathered(pairs: Pairs) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return {name: ", ".join(sorted(given)) for name, given in values.items()}


def _kind(name: str, left: str | None, right: str | None) -> Kind:
    if left is None or right is None:
        return Kind.ONLY_RIGHT if left is None else Kind.ONLY_LEFT
    if left == right:
        return Kind.SAME
    if name in _WORD_LISTS and _words_of(left) == _words_of(right):
        return Kind.SAME
    if name.startswith(("cookie ", "set-cookie ")):
        return Kind.VOLATILE if _beside_value(left) == _beside_value(right) else Kind.DIFFERENT
    if name == "authorization":
        schemes = {value.partition(" ")[0].lower() for value in (left, right)}
        return Kind.VOLATILE if len(schemes) == 1 else Kind.DIFFERENT
    if name.rpartition(".")[2] in _VOLATILE:
        return Kind.VOLATILE
    same = _same_address(left, right) or _masks(left, right) or _masks(right, left)
    return Kind.VOLATILE if same else Kind.DIFFERENT


def _words_of(value: str) -> list[str]:
    """The members of a list, separated by spaces or written as JSON."""
    return sorted(_WORD.findall(value))


def _masks(masked: str, value: str) -> bool:
    """Whether a text is the other one with labels in place of secrets, as an export writes it."""
    first, *rest = _LABEL.split(masked)
    if not rest or not value.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        # A label stands for something, so a character at least.
        found = value.find(part, at + 1)
        if found < 0:
            return False
        at = found + len(part)
    return len(value) - len(rest[-1]) > at and value.endswith(rest[-1])


def _beside_value(cookie: str) -> tuple[bool, list[str]]:
    """Whether a cookie is given or taken away, and its attributes but for the moment it ends."""
    value, _, attributes = cookie.partition(";")
    named = (part.strip().lower() for part in attributes.split(";"))
    return bool(value.strip(' "')), sorted(it for it in named if not it.startswith("expires="))


def _same_address(left: str, right: str) -> bool:
    """Whether two addresses differ in nothing but values that always do."""
    if not all("?" in value or "#" in value for value in (left, right)):
        return False
    try:
        ours, theirs = urlsplit(left), urlsplit(right)
    except ValueError:
        return False
    if ours[:3] != theirs[:3]:
        return False
    return not any(it.matters for it in by_name(*map(location_parameters, (left, right))))


def differences(sections: Iterable[Section]) -> int:
    """How many rows matter in all of them."""
    return sum(section.differences for section in sections)
