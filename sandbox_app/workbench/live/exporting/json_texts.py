"""JSON inside texts: held in strings of other JSON, without its secrets, and written again."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from sandbox_app.workbench.live.exporting.secret_names import is_secret
from sandbox_app.workbench.live.words import showable


def held_json(text: str) -> str | None:
    """What a JSON string holds, if that is an object or list."""
    if '\\"' not in text or not text.endswith('"'):
        return None
    held = json_string(text)
    if held.lstrip()[:1] not in ("{", "["):
        return None
    try:
        json.loads(held)
    except (ValueError, RecursionError):
        return None
    return held


def end_of_escaped(text: str, mark: str, start: int) -> int:
    """Where a string ends whose quotation marks carry so many backslashes; no more and no fewer."""
    at = text.find(mark, start)
    while at > start and text[at - 1] == "\\":
        at = text.find(mark, at + len(mark))
    return len(text) if at < 0 else at


def json_string(quoted: str) -> str:
    """What a JSON string says; as much as there is of one that was cut off."""
    try:
        return str(json.loads(quoted))
    except ValueError:
        return quoted.strip('"')


def without_members(text: str, met: Callable[[str, str], object]) -> str:
    """JSON without its secret members; the text itself where it is none.

    Args:
        met: hears of everything that one says which is left out, with its name before it.
    """
    try:
        return written(_pruned(json.loads(text), met))
    except (ValueError, RecursionError):
        return text


def written(value: Any) -> str:
    """As JSON; half a character stays an escape, as no text can hold it."""
    return showable(json.dumps(value, ensure_ascii=False))


def _pruned(value: Any, met: Callable[[str, str], object]) -> Any:
    if isinstance(value, dict):
        for name, inner in value.items():
            if is_secret(name):
                for said in _said(inner):
                    met(name, said)
        kept = {name: inner for name, inner in value.items() if not is_secret(name)}
        return {name: _pruned(inner, met) for name, inner in kept.items()}
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        return without_members(value, met)
    return [_pruned(inner, met) for inner in value] if isinstance(value, list) else value


def _said(value: Any) -> Iterator[str]:
    """Every text and number in a value, at any depth."""
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _said(inner)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield json.dumps(value)
