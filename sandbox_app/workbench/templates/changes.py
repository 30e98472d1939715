"""What an import changes in one resource, field by field, as texts to show."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox_app.domain.members import to_members
from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates import kinds, user_upserts
from sandbox_app.workbench.templates.attached import attached_to
from sandbox_app.workbench.templates.dialect import SECRET_NAMES
from sandbox_app.workbench.templates.wanted import Wanted

MASK = "••••"
_UNTOLD = {"CreationDate", "LastModifiedDate", "Attached"}
_SHORTEST = 4

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, `Policies.PasswordPolicy.MinimumLength` for an inner one.

    An empty text is a field that is not there; secrets are masked.
    """

    name: str
    before: str
    after: str


def state_of(item: Wanted, core: Core) -> State:
    """The resource as it is now; empty where there is none."""
    pool_id = str(item.request.get("UserPoolId", ""))
    store, kind = core.store, item.resource.kind
    record: Any = None
    if kind == kinds.USER_POOL:
        record = store.pools.get(item.id)
        aside = attached_to(record, item) if record is not None else None
        return {**(_told(record)), **(aside or {})}
    if kind == kinds.USER:
        return user_upserts.state_of(item, core)
    if kind in kinds.ATTACHED:
        pool = store.pools.get(pool_id)
        return (attached_to(pool, item) if pool is not None else None) or {}
    if kind == kinds.DOMAIN:
        record = store.domains.get(item.id) or store.domains.get(item.remembered or "")
    elif kind == kinds.CLIENT:
        record = store.clients.get(item.id)
    elif kind == kinds.RESOURCE_SERVER:
        record = store.resource_servers.get(pool_id, item.id)
    elif kind == kinds.GROUP:
        record = store.groups.get(pool_id, item.id)
    return _told(record)


def asked(item: Wanted) -> State:
    """What the template says of a resource that is made anew."""
    return {**item.request, **item.aside, **item.sandbox}


def changes(before: State, after: State, secrets: Iterable[str]) -> tuple[FieldChange, ...]:
    """Every field that differs, in the order of `after`, then what is gone."""
    secrets = tuple(secrets)
    old, new = dict(_flat(before)), dict(_flat(after))
    return tuple(
        FieldChange(name, *(_shown(name, side.get(name, ""), secrets) for side in (old, new)))
        for name in dict.fromkeys([*new, *old])
        if old.get(name, "") != new.get(name, "")
    )


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without any of the secrets; a very short one only where it stands as a word."""
    for secret in sorted(secrets, key=len, reverse=True):
        for part in (secret, secret[:200]):
            if len(part) >= _SHORTEST:
                text = text.replace(part, MASK)
            elif part:
                text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", MASK, text)
    return text


def _told(record: Any) -> State:
    if record is None:
        return {}
    return {name: value for name, value in to_members(record).items() if name not in _UNTOLD}


def _flat(state: State, above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in state.items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            yield from _flat(value, path)
        else:
            yield path, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _shown(name: str, text: str, secrets: Iterable[str]) -> str:
    if text and SECRET_NAMES & set(name.split(".")):
        return MASK
    return masked(text, secrets)
