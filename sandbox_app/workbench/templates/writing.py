"""A template as text that other tools read the same: YAML with CloudFormation's tags, or JSON.

Written by hand, because PyYAML takes four milliseconds for a user.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Anything else is quoted: readers of YAML disagree on what a bare `on`, `012` or `1e3` is.
_BARE = re.compile(r"[A-Za-z][\w./@+-]*((::?| )[\w./@+-]+)*", re.ASCII)
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
_STEP = "  "
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LONGEST_KEY = 120


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another resource of the template."""

    logical_id: str


def as_yaml(template: Mapping[str, Any], comments: Sequence[str]) -> str:
    """The template with the comments above it and an empty line between resources."""
    lines = [f"# {_one_line(comment)}".rstrip() for comment in comments]
    if comments:
        lines.append("")
    for name, value in template.items():
        if name == "Resources":
            lines.append("Resources:")
            for logical_id, resource in value.items():
                lines += [*_entry(logical_id, resource, _STEP), ""]
            lines.pop()
        else:
            lines += _entry(name, value, "")
    return "\n".join(lines) + "\n"


def as_json(template: Mapping[str, Any]) -> str:
    """The template as JSON in ASCII, references written out."""
    return json.dumps(template, indent=2, default=_reference) + "\n"


def _reference(value: object) -> dict[str, str]:
    if isinstance(value, Ref):
        return {"Ref": value.logical_id}
    raise TypeError(f"a template holds no {type(value).__name__}")


def _entry(name: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of one member of a table."""
    key = _text(name)
    if len(key) > _LONGEST_KEY:
        # YAML looks for the colon no further than a kilobyte, unless it is told of a key.
        yield f"{indent}? {key}"
        key = ""
    lines = list(_lines(value))
    if isinstance(value, Mapping | list | tuple) and value:
        yield f"{indent}{key}:"
        yield from (f"{indent}{_STEP}{line}" for line in lines)
    else:
        yield f"{indent}{key}: {lines[0]}"


def _lines(value: Any) -> Iterator[str]:
    """The value, as far out as can be."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            yield from _entry(name, item, "")
    elif isinstance(value, list | tuple) and value:
        for item in value:
            first, *others = _lines(item)
            yield f"- {first}"
            yield from (f"{_STEP}{line}" for line in others)
    else:
        yield _plain(value)


def _plain(value: Any) -> str:
    match value:
        case Ref():
            return f"!Ref {value.logical_id}"
        case str():
            return _text(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int() | float():
            return repr(value)
        case Mapping():
            return "{}"
        case list() | tuple():
            return "[]"
    raise TypeError(f"a template holds no {type(value).__name__}")


def _text(text: str) -> str:
    """Bare where no reader takes it for anything else, and always on one line."""
    if _BARE.fullmatch(text) and text.lower() not in _WORDS:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_letter, text)) + '"'


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        return letter
    number = ord(letter)
    return f"\\U{number:08X}" if number > 0xFFFF else f"\\u{number:04X}"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
