"""A recipe put into force: each section replaces what it speaks of, and nothing else changes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sandbox_app.domain.conditions.faults import Fault
from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.conditions.clock import CLOCK
from sandbox_app.workbench.conditions.faults.editing import MOST_FAULTS
from sandbox_app.workbench.conditions.faults.part import FAULTS
from sandbox_app.workbench.conditions.keeping import changed
from sandbox_app.workbench.conditions.key_sets_part import KEY_SETS
from sandbox_app.workbench.conditions.leniency import LENIENCY
from sandbox_app.workbench.conditions.part import Part
from sandbox_app.workbench.conditions.recipes.recipe import (
    EVERY_POOL,
    ClockSetting,
    FaultSetting,
    Recipe,
    RecipeError,
)
from sandbox_app.workbench.templates.errors import Place


def apply(core: Core, recipe: Recipe, file: str = "recipe") -> None:
    """Bend the world as the recipe says, all of it or nothing, and begin every sequence anew.

    Faults of the recipe come first, in its order; those that were in the list before are switched
    off and stay behind them.

    Args:
        file: names the recipe in messages.

    Raises:
        RecipeError: it names a client or pool that the workspace has not, or a time out of range.
    """
    place = Place(file, 1)
    clock = None if recipe.clock is None else _clock(core, recipe.clock, place)
    key_sets = None if recipe.key_sets is None else _key_sets(core, recipe.key_sets, place)
    listed = None if recipe.faults is None else _faults(core, recipe.faults, place)
    touched: list[Part] = []
    if clock is not None:
        _set_clock(core, clock, place)
        touched.append(CLOCK)
    if key_sets is not None:
        core.conditions.key_sets.clear()
        core.conditions.key_sets.update(key_sets)
        touched.append(KEY_SETS)
    if recipe.leniency is not None:
        core.conditions.leniency = recipe.leniency
        touched.append(LENIENCY)
    if listed is not None:
        core.conditions.faults.tallies.clear()
        core.conditions.faults.replace(listed)
        touched.append(FAULTS)
    for part in touched:
        changed(core, part)


def _clock(core: Core, setting: ClockSetting, place: Place) -> dict[str, Any]:
    """The setting as `CLOCK` keeps it."""
    kept: dict[str, Any] = {"skews": _skews(core, setting.skews, place.below("clock"))}
    if setting.stands_at is not None:
        kept["frozen_at"] = setting.stands_at.timestamp()
    else:
        kept["offset"] = setting.offset.total_seconds()
    return kept


def _skews(core: Core, skews: Mapping[str, timedelta], place: Place) -> dict[str, float]:
    found: dict[str, float] = {}
    for named, by in skews.items():
        pools = core.store.pools.all()
        clients = [client for pool in pools for client in core.store.clients.of_pool(pool.id)]
        ids = [each.client_id for each in clients if named in (each.client_id, each.client_name)]
        if not ids:
            raise RecipeError(place.below("skews"), f"there is no app client “{named[:60]}”")
        found |= dict.fromkeys(ids, by.total_seconds())
    return found


def _set_clock(core: Core, kept: dict[str, Any], place: Place) -> None:
    before = CLOCK.kept(core)
    try:
        CLOCK.recall(core, kept)
    except ValueError as error:
        CLOCK.recall(core, before)
        raise RecipeError(place.below("clock"), str(error)) from None


def _key_sets(
    core: Core, answers: Mapping[str, KeySetAnswer], place: Place
) -> dict[str, KeySetAnswer]:
    pools = core.store.pools.all()
    known = {name for pool in pools for name in (pool.id, pool.name)}
    for named in answers:
        if named != EVERY_POOL and named not in known:
            raise RecipeError(place.below("keys"), f"there is no user pool “{named[:60]}”")
    usual = answers.get(EVERY_POOL, USUAL)
    chosen = {pool.id: answers.get(pool.id, answers.get(pool.name, usual)) for pool in pools}
    return {pool_id: answer for pool_id, answer in chosen.items() if answer != USUAL}


def _faults(core: Core, settings: Iterable[FaultSetting], place: Place) -> tuple[Fault, ...]:
    left = list(core.conditions.faults.listed)
    first = [_fault(setting, left) for setting in settings]
    if len(first) + len(left) > MOST_FAULTS:
        reason = f"with those in the list already there would be more than {MOST_FAULTS}"
        raise RecipeError(place.below("faults"), reason)
    return (*first, *(replace(fault, enabled=False) for fault in left))


def _fault(setting: FaultSetting, left: list[Fault]) -> Fault:
    """A fault of the recipe; one that is in the list already moves, so that none comes twice."""
    said = setting.sentence
    for known in left:
        if (known.when, known.then, known.name) == (said.when, said.then, setting.name):
            left.remove(known)
            return replace(known, enabled=setting.enabled)
    return Fault(
        id=new_uuid()[:8],
        when=said.when,
        then=said.then,
        name=setting.name,
        enabled=setting.enabled,
    )
