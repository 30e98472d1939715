"""The present conditions as a recipe, and recipes as files."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.durations import duration_text
from sandbox_app.workbench.conditions.faults.sentences import Sentence
from sandbox_app.workbench.conditions.leniency import LENIENCY
from sandbox_app.workbench.conditions.recipes.recipe import (
    EVERY_POOL,
    ClockSetting,
    FaultSetting,
    Recipe,
)


def recipe_of(core: Core, name: str, description: str = "") -> Recipe:
    """Everything that is bent now; clients and pools by name, as another workspace knows them.

    Which single keys a key set shows is left out: another workspace has other keys.
    """
    faults = core.conditions.faults.listed
    return Recipe(
        name=name,
        description=description,
        clock=_clock(core),
        key_sets=_key_sets(core) or None,
        leniency=core.conditions.leniency if LENIENCY.kept(core) else None,
        faults=tuple(
            FaultSetting(
                sentence=Sentence(each.when, each.then), name=each.name, enabled=each.enabled
            )
            for each in faults
        )
        or None,
    )


def save(recipe: Recipe, path: Path) -> None:
    """Write it, as JSON where the file's name ends so, else as YAML.

    Raises:
        OSError: the file cannot be written.
    """
    path.write_text(text_of(recipe, as_json=path.suffix.lower() == ".json"), encoding="utf-8")


def text_of(recipe: Recipe, *, as_json: bool = False) -> str:
    """The text that `read_recipe` reads as this recipe."""
    shape = _shape(recipe)
    if as_json:
        return json.dumps(shape, indent=2, ensure_ascii=False) + "\n"
    return str(yaml.safe_dump(shape, sort_keys=False, allow_unicode=True, width=100))


def _clock(core: Core) -> ClockSetting | None:
    names = {
        client.client_id: client.client_name
        for pool in core.store.pools.all()
        for client in core.store.clients.of_pool(pool.id)
    }
    skews = {names.get(client_id, client_id): by for client_id, by in core.conditions.skews.items()}
    clock = core.clock
    if clock.frozen_at is not None:
        return ClockSetting(stands_at=clock.frozen_at, skews=skews)
    return ClockSetting(offset=clock.offset, skews=skews) if clock.offset or skews else None


def _key_sets(core: Core) -> dict[str, KeySetAnswer]:
    found = {}
    for pool in core.store.pools.all():
        answer = core.conditions.key_sets.get(pool.id, USUAL)
        if answer != USUAL and answer.only in (None, ()):
            found[pool.name] = answer
    return found


def _shape(recipe: Recipe) -> dict[str, Any]:
    shape: dict[str, Any] = {"name": recipe.name}
    if recipe.description:
        shape["description"] = recipe.description
    if recipe.clock is not None:
        shape["clock"] = _clock_shape(recipe.clock)
    if recipe.key_sets is not None:
        shape["keys"] = _key_sets_shape(recipe)
    if recipe.leniency is not None:
        shape["leniency"] = _leniency_shape(recipe.leniency)
    if recipe.faults is not None:
        shape["faults"] = [_fault_shape(each) for each in recipe.faults]
    return shape


def _clock_shape(clock: ClockSetting) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    if clock.stands_at is not None:
        shape["stands_at"] = clock.stands_at.isoformat()
    elif clock.offset:
        shape["offset"] = duration_text(clock.offset)
    if clock.skews:
        shape["skews"] = {name: duration_text(by) for name, by in clock.skews.items()}
    return shape


def _key_sets_shape(recipe: Recipe) -> dict[str, Any]:
    answers = recipe.key_sets or {}
    if set(answers) == {EVERY_POOL}:
        return _key_set_shape(answers[EVERY_POOL])
    return {"pools": {name: _key_set_shape(answer) for name, answer in answers.items()}}


def _key_set_shape(answer: KeySetAnswer) -> dict[str, Any]:
    shape: dict[str, Any] = {}
    if answer.only == ():
        shape["empty"] = True
    if answer.delay > timedelta(0):
        shape["delay"] = duration_text(answer.delay)
    if answer.status != USUAL.status:
        shape["status"] = answer.status
    if answer.content_type is not None:
        shape["content_type"] = answer.content_type
    if answer.cache_headers is not None:
        shape["cache_headers"] = dict(answer.cache_headers)
    return shape


def _leniency_shape(leniency: Leniency) -> dict[str, Any]:
    members = {name: getattr(leniency, name) for name in leniency.__slots__}
    return {name: value for name, value in members.items() if value}


def _fault_shape(fault: FaultSetting) -> str | dict[str, Any]:
    sentence = str(fault.sentence)
    if not fault.name and fault.enabled:
        return sentence
    shape: dict[str, Any] = {"name": fault.name} if fault.name else {}
    shape["sentence"] = sentence
    return shape if fault.enabled else {**shape, "enabled": False}
