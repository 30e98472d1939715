"""What a route takes and gives, as JSON Schema: documented, and held against what comes in.

Source: OpenAPI 3.1, whose schemas are JSON Schema 2020-12. Only the keywords used here are known.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

Schema = Mapping[str, Any]

_LONGEST_SHOWN = 60


def text(words: str = "", *, among: Iterable[str] = ()) -> Schema:
    """A text; with `among` one of these."""
    known = [str(word) for word in among]
    return _with(words, {"type": "string"} | ({"enum": known} if known else {}))


def whole(words: str = "", *, least: int | None = None, most: int | None = None) -> Schema:
    """A whole number."""
    return _with(words, {"type": "integer"} | _bounds(least, most))


def number(words: str = "", *, least: float | None = None, most: float | None = None) -> Schema:
    """Any number."""
    return _with(words, {"type": "number"} | _bounds(least, most))


def flag(words: str = "") -> Schema:
    """True or false."""
    return _with(words, {"type": "boolean"})


def listed(items: Schema, words: str = "") -> Schema:
    """A list of such items."""
    return _with(words, {"type": "array", "items": dict(items)})


def mapping(values: Schema, words: str = "") -> Schema:
    """Names of the sender's own choice, each with such a value."""
    return _with(words, {"type": "object", "additionalProperties": dict(values)})


def record(
    needed: Mapping[str, Schema] | None = None,
    optional: Mapping[str, Schema] | None = None,
    words: str = "",
) -> Schema:
    """Named members; no others."""
    needed, optional = needed or {}, optional or {}
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: dict(each) for name, each in {**needed, **optional}.items()},
        "additionalProperties": False,
    }
    if needed:
        schema["required"] = list(needed)
    return _with(words, schema)


def anything(words: str = "") -> Schema:
    """Any JSON object; what is in it is checked elsewhere, or not ours to say."""
    return _with(words, {"type": "object"})


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {**schema, "type": [schema["type"], "null"]}


def first_fault(schema: Schema, value: Any, at: str = "") -> tuple[str, str] | None:
    """Where a value departs from its schema first, and a sentence on it; `None` where nowhere."""
    kinds = schema.get("type", ())
    kinds = (kinds,) if isinstance(kinds, str) else tuple(kinds)
    if kinds and not any(_IS[kind](value) for kind in kinds):
        expected = " or ".join(_CALLED[kind] for kind in kinds)
        return at, f"{at or 'The body'} must be {expected}."
    if "enum" in schema and value is not None and value not in schema["enum"]:
        return at, f"{at} must be one of {', '.join(schema['enum'])}, not {_shown(value)}."
    if "minimum" in schema and _is_number(value) and value < schema["minimum"]:
        return at, f"{at} must be at least {schema['minimum']}."
    if "maximum" in schema and _is_number(value) and value > schema["maximum"]:
        return at, f"{at} must be at most {schema['maximum']}."
    if isinstance(value, Mapping):
        return _fault_inside(schema, value, at)
    if isinstance(value, list) and "items" in schema:
        found = (first_fault(schema["items"], one, f"{at}[{n}]") for n, one in enumerate(value))
        return next((fault for fault in found if fault is not None), None)
    return None


def _fault_inside(schema: Schema, value: Mapping[str, Any], at: str) -> tuple[str, str] | None:
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name in schema.get("required", ()):
        if name not in value:
            return _below(at, name), f"{_below(at, name)} is missing."
    for name, item in value.items():
        below = properties.get(name, others)
        if below is False:
            known = ", ".join(properties) or "nothing"
            shown = _below(at, name)[:_LONGEST_SHOWN]
            return _below(at, name), f"{shown} is not known; what may be said is {known}."
        if isinstance(below, Mapping):
            fault = first_fault(below, item, _below(at, name))
            if fault is not None:
                return fault
    return None


def _with(words: str, schema: dict[str, Any]) -> Schema:
    return MappingProxyType(schema | {"description": words} if words else schema)


def _bounds(least: float | None, most: float | None) -> dict[str, Any]:
    named = {"minimum": least, "maximum": most}
    return {name: bound for name, bound in named.items() if bound is not None}


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _shown(value: object) -> str:
    return repr(value)[:_LONGEST_SHOWN]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_IS: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "string": lambda value: isinstance(value, str),
        "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "number": _is_number,
        "boolean": lambda value: isinstance(value, bool),
        "array": lambda value: isinstance(value, list | tuple),
        "object": lambda value: isinstance(value, Mapping),
        "null": lambda value: value is None,
    }
)
_CALLED: Mapping[str, str] = MappingProxyType(
    {
        "string": "a text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "array": "a list",
        "object": "a JSON object",
        "null": "null",
    }
)
