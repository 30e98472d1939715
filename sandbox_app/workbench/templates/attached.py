"""What a template attaches to a pool and nothing here acts on yet: checked, and kept with it.

It lies in `UserPool.attached` by kind and logical id, without `UserPoolId`; so do properties of
other resources that their records have no place for.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.events import Change, ConfigurationChanged, Kind
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.finding import pool_of
from sandbox_app.workbench.templates.dialect import OPERATION
from sandbox_app.workbench.templates.kinds import USER_POOL
from sandbox_app.workbench.templates.outcome import Outcome
from sandbox_app.workbench.templates.wanted import Wanted

_UNCHECKED = ("Bytes", "ImageFile", "Settings")
"""Pictures and free documents, which the model says nothing about."""


def upsert(item: Wanted, core: Core) -> Outcome:
    """Keep the resource's properties with its pool.

    Raises:
        ApiError: the API's model is against them, or there is no such pool.
    """
    shapes.check(OPERATION[item.resource.kind], _checkable(item.request))
    pool = pool_of(core, item.request)
    properties = {**item.request, **item.aside}
    del properties["UserPoolId"]
    before = attached_to(pool, item)
    if not _put(pool, item, properties, core):
        return Outcome.UNCHANGED
    return Outcome.CREATED if before is None else Outcome.UPDATED


def keep_aside(item: Wanted, core: Core) -> bool:
    """Keep the properties that the resource's record has no place for; whether that changed any."""
    pool_id = item.id if item.resource.kind == USER_POOL else item.request.get("UserPoolId", "")
    pool = core.store.pools.get(pool_id)
    if pool is None or (not item.aside and attached_to(pool, item) is None):
        return False
    return _put(pool, item, item.aside, core)


def attached_to(pool: UserPool, item: Wanted) -> Mapping[str, Any] | None:
    """What the pool keeps of the resource."""
    return pool.attached.get(item.resource.kind, {}).get(item.resource.logical_id)


def _put(pool: UserPool, item: Wanted, properties: Mapping[str, Any], core: Core) -> bool:
    kind, logical_id = item.resource.kind, item.resource.logical_id
    of_kind = {**pool.attached.get(kind, {}), logical_id: dict(properties)}
    if not properties:
        del of_kind[logical_id]
    attached = {**pool.attached, kind: of_kind}
    if not of_kind:
        del attached[kind]
    if attached == pool.attached:
        return False
    with core.change():
        changed = replace(pool, attached=attached, last_modified_date=core.timestamp())
        core.store.pools.put(changed)
        core.bus.publish(ConfigurationChanged(Kind.USER_POOL, Change.UPDATED, pool.id, pool.id))
    return True


def _checkable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _checkable(item) for name, item in value.items() if name not in _UNCHECKED}
    return [_checkable(item) for item in value] if isinstance(value, list) else value
