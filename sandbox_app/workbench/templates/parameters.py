"""The `Parameters` of a template: what may be asked for, and the values that were given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from uuid import NAMESPACE_URL, uuid5

from sandbox_app.operations.patterns import fits
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table, Unknown
from sandbox_app.workbench.templates.reading import read, read_file

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,3})?", re.ASCII)
_PLAIN = ("String", "Number", "CommaDelimitedList", "List<Number>", "List<String>")
_STORED = re.compile(r"AWS::SSM::Parameter::Value<(.+)>")
_LIST = re.compile(r"(List<.+>|CommaDelimitedList)")
_PARTS = {
    "AllowedPattern",
    "AllowedValues",
    "ConstraintDescription",
    "Default",
    "Description",
    "MaxLength",
    "MaxValue",
    "MinLength",
    "MinValue",
    "NoEcho",
    "Type",
}

PSEUDO: Mapping[str, str] = MappingProxyType(
    {
        "AWS::AccountId": "123456789012",
        "AWS::Partition": "aws",
        "AWS::URLSuffix": "amazonaws.com",
        "AWS::StackName": "sandbox",
    }
)
"""Pseudo parameters that do not depend on the region; a value may be given for them too."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter; `default` is `None` where a value must be given.

    `stored` tells that the value lies in Systems Manager: `default` is only its name there, and
    without a value a placeholder stands in. The value of one with `no_echo` is never shown.
    """

    name: str
    type: str
    default: str | None
    description: str
    allowed_values: tuple[str, ...]
    no_echo: bool
    line: int
    allowed_pattern: str | None = None
    constraint_description: str | None = None
    bounds: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_list(self) -> bool:
        """Whether the value is a list, written with commas."""
        stored = _STORED.fullmatch(self.type)
        return _LIST.fullmatch(stored[1] if stored else self.type) is not None

    @property
    def stored(self) -> bool:
        """Whether only the real service knows the value."""
        return _STORED.fullmatch(self.type) is not None

    @property
    def is_number(self) -> bool:
        """Whether every value is a number."""
        return self.type in ("Number", "List<Number>")


@dataclass(frozen=True, slots=True)
class Values:
    """Parameters and pseudo parameters with their values."""

    texts: Mapping[str, str]
    lists: frozenset[str]
    unknown: Mapping[str, Unknown]
    secret: frozenset[str]


def parameters_of(path: Path) -> tuple[Parameter, ...]:
    """What a template file asks for, in the order declared.

    Raises:
        TemplateError: the file or its parameters cannot be understood.
        OSError: the file cannot be read.
    """
    return declared(read_file(path), str(path))


def parameters_in(text: str, file: str) -> tuple[Parameter, ...]:
    """What a template's text asks for; `file` is only for messages.

    Raises:
        TemplateError: the text or its parameters cannot be understood.
    """
    return declared(read(text, file), file)


def declared(root: Table, file: str) -> tuple[Parameter, ...]:
    """The section `Parameters` of a template that is read already."""
    section = root.get("Parameters") or Table((), root.line)
    if not isinstance(section, Table):
        raise TemplateError(Place(file, section.line, "Parameters"), "a table is expected")
    return tuple(
        _parameter(entry.key, entry.value, Place(file, entry.line, f"Parameters.{entry.key}"))
        for entry in section
    )


def valued(
    parameters: tuple[Parameter, ...], given: Mapping[str, str], region: str, file: str, line: int
) -> Values:
    """Every parameter with the value given for it, or its default.

    Raises:
        TemplateError: a value is missing, or not one of those allowed; at the parameter's line.
    """
    texts = {"AWS::Region": region, **PSEUDO}
    texts |= {name: given[name] for name in texts if name in given}
    name, account = texts["AWS::StackName"], texts["AWS::AccountId"]
    # Templates take the end of a stack's id for something unique, hyphens and all.
    unique = uuid5(NAMESPACE_URL, f"{region}/{account}/{name}")
    stack = f"arn:{texts['AWS::Partition']}:cloudformation:{region}:{account}:stack/{name}/{unique}"
    texts |= {"AWS::StackId": stack, "AWS::NotificationARNs": ""}
    known = {*texts, *(parameter.name for parameter in parameters)}
    for name in given:
        if name not in known:
            raise TemplateError(Place(file, line), f"there is no parameter {name}")
    _refuse_without_value([item for item in parameters if item.name not in given], file)
    unknown: dict[str, Unknown] = {}
    for parameter in parameters:
        place = Place(file, parameter.line, f"Parameters.{parameter.name}")
        texts[parameter.name] = _value(parameter, given.get(parameter.name), place)
        if parameter.stored and parameter.name not in given:
            words = f"the parameter {parameter.default} of Systems Manager"
            cure = f"give it with --parameter {parameter.name}=…"
            unknown[parameter.name] = Unknown(words, cure=cure)
    return Values(
        texts,
        frozenset({"AWS::NotificationARNs"} | {item.name for item in parameters if item.is_list}),
        unknown,
        frozenset(item.name for item in parameters if item.no_echo),
    )


def _refuse_without_value(parameters: list[Parameter], file: str) -> None:
    """All of them at once: a large template has dozens."""
    missing = [item for item in parameters if item.default is None]
    if not missing:
        return
    first, *others = (item.name for item in missing)
    reason = f"no value: give one with --parameter {first}=… or a Default"
    if others:
        reason += f"; the same goes for {', '.join(others)}"
    raise TemplateError(Place(file, missing[0].line, f"Parameters.{first}"), reason)


def _value(parameter: Parameter, given: str | None, place: Place) -> str:
    value = parameter.default if given is None else given
    assert value is not None
    if parameter.stored:
        return value if given is not None else f"placeholder-{parameter.name}"
    parts = [part.strip() for part in value.split(",")] if parameter.is_list else [value]
    for part in parts:
        reason = _fault(parameter, part, place)
        if reason is not None:
            raise TemplateError(place, parameter.constraint_description or reason)
    return value


def _fault(parameter: Parameter, value: str, place: Place) -> str | None:
    shown = "the value" if parameter.no_echo else repr(value[:200])
    if parameter.is_number and not _NUMBER.fullmatch(value):
        return f"a number is expected, not {shown}"
    if parameter.allowed_values and value not in parameter.allowed_values:
        return f"{shown} is none of {', '.join(parameter.allowed_values)}"
    if parameter.allowed_pattern is not None:
        try:
            if not fits(parameter.allowed_pattern, value):
                return f"{shown} does not match {parameter.allowed_pattern}"
        except ValueError as error:
            raise TemplateError(place.below("AllowedPattern"), str(error)) from None
    for name, bound in parameter.bounds.items():
        if name.endswith("Length"):
            size, noun = float(len(value)), "characters"
        else:
            size, noun = float(value), ""
        if size < bound if name.startswith("Min") else size > bound:
            least = "at least" if name.startswith("Min") else "at most"
            return f"{shown} must be {least} {bound:g} {noun}".rstrip()
    return None


def _parameter(name: str, node: Node, place: Place) -> Parameter:
    if not isinstance(node, Table):
        raise TemplateError(place, "a table is expected")
    for entry in node:
        if entry.key not in _PARTS:
            below = place.below(entry.key, entry.line)
            raise TemplateError(below, "no such part of a parameter")
    kind = _text(node, "Type", place)
    if kind is None:
        raise TemplateError(place, "a parameter needs a Type")
    if kind not in _PLAIN and not kind.startswith(("AWS::", "List<AWS::")):
        raise TemplateError(place.below("Type"), f"there is no type {kind}")
    return Parameter(
        name=name,
        type=kind,
        default=_default(node.get("Default")),
        description=_text(node, "Description", place) or "",
        allowed_values=_allowed(node.get("AllowedValues"), place),
        no_echo=(_text(node, "NoEcho", place) or "").lower() == "true",
        line=place.line,
        allowed_pattern=_text(node, "AllowedPattern", place),
        constraint_description=_text(node, "ConstraintDescription", place),
        bounds=_bounds(node, kind, place),
    )


def _bounds(node: Table, kind: str, place: Place) -> Mapping[str, float]:
    names = ("MinLength", "MaxLength")
    if kind in ("Number", "List<Number>"):
        names = ("MinValue", "MaxValue")
    bounds: dict[str, float] = {}
    for name in names:
        text = _text(node, name, place)
        if text is not None:
            if not _NUMBER.fullmatch(text):
                raise TemplateError(place.below(name), "a number is expected")
            bounds[name] = float(text)
    return bounds


def _text(node: Table, name: str, place: Place) -> str | None:
    found = node.get(name)
    if found is None:
        return None
    if not isinstance(found, Scalar):
        raise TemplateError(place.below(name, found.line), "a text is expected")
    return found.text


def _allowed(node: Node | None, place: Place) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node, Items):
        raise TemplateError(place.below("AllowedValues", node.line), "a list is expected")
    return tuple(item.text for item in node.items if isinstance(item, Scalar))


def _default(node: Node | None) -> str | None:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Items):
        return ",".join(item.text for item in node.items if isinstance(item, Scalar))
    return None
