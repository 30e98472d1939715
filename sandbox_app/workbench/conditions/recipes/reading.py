"""Recipes read from YAML or JSON; what is wrong is told with its line.

name: Flaky token endpoint
description: Every third token request fails.
clock:                      # offset, or stands_at; skews by client
  offset: +1h
  skews: {web: -5m}
keys:                       # how key sets are answered, or `pools:` with one such table each
  delay: 5s
leniency:
  no_lockout: true
faults:
  - POST /oauth2/token → 503 every 3rd
  - name: slow keys
    sentence: jwks → delay 2s ± 500ms seed 7
    enabled: false
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sandbox_app.domain.conditions.key_sets import KeySetAnswer
from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.workbench.conditions.durations import parse_duration
from sandbox_app.workbench.conditions.faults.editing import LONGEST_NAME, MOST_FAULTS, checked_name
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.leniency import checked
from sandbox_app.workbench.conditions.recipes.recipe import (
    EVERY_POOL,
    ClockSetting,
    FaultSetting,
    Recipe,
    RecipeError,
)
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.reading import read

MadeT = TypeVar("MadeT")
Made = Mapping[str, Any]
Member = Callable[[Node, Place], Any]

_LONGEST_DESCRIPTION = 2_000
_NO_TABLE = "a template is a table with Resources in it"


def load(path: Path) -> Recipe:
    """The recipe in a file.

    Raises:
        RecipeError: it is none; the message says where and why.
        OSError: the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RecipeError(Place(str(path), 1), "the file is not UTF-8 text") from None
    return read_recipe(text, str(path))


def read_recipe(text: str, file: str) -> Recipe:
    """The recipe in a text; `file` names it in messages. Raises `RecipeError` as `load` does."""
    try:
        table = read(text, file)
    except TemplateError as error:
        reason = error.reason.replace(_NO_TABLE, "a recipe is a table with a name and faults in it")
        raise RecipeError(error.place, reason.replace("template", "recipe")) from None
    place = Place(file, table.line)
    if table.get("name") is None:
        raise RecipeError(place, "a recipe has a name")
    members = _members(
        table,
        place,
        {
            "name": _name,
            "description": _description,
            "clock": _clock,
            "keys": _key_sets,
            "leniency": _leniency,
            "faults": _faults,
        },
    )
    return Recipe(**{"key_sets" if name == "keys" else name: members[name] for name in members})


def _members(node: Node, place: Place, known: Mapping[str, Member]) -> Made:
    """The members of a table, each read by its own function."""
    made = {}
    for entry in _table(node, place):
        read_member = known.get(entry.key)
        if read_member is None:
            here = place.below(entry.key, entry.line)
            raise RecipeError(here, f"there is no such member; known are {', '.join(known)}")
        made[entry.key] = read_member(entry.value, place.below(entry.key, entry.line))
    return made


def _name(node: Node, place: Place) -> str:
    name = _text(node, place)
    if not name.strip():
        raise RecipeError(place, "a recipe has a name")
    return _made(place, lambda: checked_name(name))


def _description(node: Node, place: Place) -> str:
    text = _text(node, place)
    if len(text) > _LONGEST_DESCRIPTION:
        raise RecipeError(place, f"a description has at most {_LONGEST_DESCRIPTION} characters")
    return text.strip()


def _clock(node: Node, place: Place) -> ClockSetting:
    members = _members(
        node, place, {"offset": _duration, "stands_at": _moment, "skews": _durations}
    )
    if "offset" in members and "stands_at" in members:
        raise RecipeError(place, "a clock is shifted by offset or stands_at a moment, not both")
    return ClockSetting(**members)


def _key_sets(node: Node, place: Place) -> Mapping[str, KeySetAnswer]:
    pools = _table(node, place).get("pools")
    if pools is None:
        return {EVERY_POOL: _key_set(node, place)}
    members = _members(node, place, {"pools": _table})
    below = place.below("pools", pools.line)
    return {
        entry.key: _key_set(entry.value, below.below(entry.key, entry.line))
        for entry in members["pools"]
    }


def _key_set(node: Node, place: Place) -> KeySetAnswer:
    members = dict(
        _members(
            node,
            place,
            {
                "empty": _truth,
                "delay": _duration,
                "status": _integer,
                "content_type": _text,
                "cache_headers": _texts,
            },
        )
    )
    only = () if members.pop("empty", False) else None
    if "cache_headers" in members:
        members["cache_headers"] = tuple(members["cache_headers"].items())
    return _made(place, lambda: KeySetAnswer(only=only, **members))


def _leniency(node: Node, place: Place) -> Leniency:
    switches = {}
    for entry in _table(node, place):
        here = place.below(entry.key, entry.line)
        read_switch = _text if entry.key == "fixed_code" else _truth
        switches[entry.key] = read_switch(entry.value, here)
        _made(here, partial(checked, {entry.key: switches[entry.key]}))
    return _made(place, lambda: checked(switches))


def _faults(node: Node, place: Place) -> tuple[FaultSetting, ...]:
    if not isinstance(node, Items):
        raise RecipeError(place, "faults are a list, one sentence an entry")
    if len(node.items) > MOST_FAULTS:
        raise RecipeError(place, f"a sandbox has at most {MOST_FAULTS} faults")
    return tuple(
        _fault(item, place.below(str(number), item.line))
        for number, item in enumerate(node.items, 1)
    )


def _fault(node: Node, place: Place) -> FaultSetting:
    if isinstance(node, Scalar):
        return FaultSetting(sentence=_made(place, lambda: parse(_text(node, place))))
    members = _members(
        node,
        place,
        {
            "name": lambda each, here: _made(here, lambda: checked_name(_text(each, here))),
            "sentence": lambda each, here: _made(here, lambda: parse(_text(each, here))),
            "enabled": _truth,
        },
    )
    if "sentence" not in members:
        raise RecipeError(place, "a fault has a sentence")
    return FaultSetting(**members)


def _durations(node: Node, place: Place) -> Mapping[str, timedelta]:
    return {entry.key: _duration(*_below(entry, place)) for entry in _table(node, place)}


def _texts(node: Node, place: Place) -> Mapping[str, str]:
    return {entry.key: _text(*_below(entry, place)) for entry in _table(node, place)}


def _below(entry: Entry, place: Place) -> tuple[Node, Place]:
    return entry.value, place.below(entry.key, entry.line)


def _duration(node: Node, place: Place) -> timedelta:
    text = _text(node, place)
    return _made(place, lambda: parse_duration(text))


def _moment(node: Node, place: Place) -> datetime:
    text = _text(node, place)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        reason = f"“{text[:40]}” is no moment; write it like 2027-01-31T08:00:00Z"
        raise RecipeError(place, reason) from None
    if moment.tzinfo is None:
        raise RecipeError(place, "a moment has a time zone; write it like 2027-01-31T08:00:00Z")
    return moment.astimezone(UTC)


def _truth(node: Node, place: Place) -> bool:
    text = _text(node, place).lower()
    if text not in ("true", "false"):
        raise RecipeError(place, f"“{text[:40]}” is neither true nor false")
    return text == "true"


def _integer(node: Node, place: Place) -> int:
    text = _text(node, place)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RecipeError(place, f"“{text[:40]}” is no whole number")
    return int(text)


def _text(node: Node, place: Place) -> str:
    if not isinstance(node, Scalar) or node.null:
        raise RecipeError(place, "a plain value stands here")
    return node.text


def _table(node: Node, place: Place) -> Table:
    if not isinstance(node, Table):
        raise RecipeError(place, "a table stands here, one member a line")
    return node


def _made(place: Place, make: Callable[[], MadeT]) -> MadeT:
    """What `make` makes; what it refuses is told with the place."""
    try:
        return make()
    except RecipeError:
        raise
    except ValueError as error:
        raise RecipeError(place, str(error)) from None


__all__ = ["LONGEST_NAME", "load", "read_recipe"]
