"""Two states of one thing compared field by field, as short texts without secrets."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

MASK = "••••"
LONGEST = 200
"""Characters of a value that are shown."""

_SECRET = frozenset(
    {
        "ClientSecret",
        "ClientSecrets",
        "ClientSecretValue",
        "Password",
        "api_key",
        "client_secret",
        "private_key",
    }
)
"""Members whose value is never shown, whatever lies around them."""

_DATES_OF_CHANGE = frozenset({"LastModifiedDate", "UserLastModifiedDate"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field by its name in the API, `Policies.PasswordPolicy.MinimumLength` for an inner one.

    Before and after are short texts, secrets are masked, and an empty text stands for a field
    that was not there.
    """

    name: str
    before: str
    after: str


def field_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    """Every field that differs; a date of change only where nothing else does."""
    old, new = dict(_flat(before)), dict(_flat(after))
    names = [name for name in dict.fromkeys([*old, *new]) if old.get(name) != new.get(name)]
    telling = [name for name in names if name not in _DATES_OF_CHANGE] or names
    return tuple(
        FieldChange(name, _shown(name, old.get(name)), _shown(name, new.get(name)))
        for name in telling
    )


def _flat(state: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in state.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        else:
            yield path, value


def _shown(name: str, value: Any) -> str:
    if value is None:
        return ""
    if _SECRET & set(name.split(".")):
        return MASK
    text = _text(_without_secrets(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _without_secrets(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: MASK if name in _SECRET else _without_secrets(inner)
            for name, inner in value.items()
        }
    return [_without_secrets(item) for item in value] if isinstance(value, list) else value
