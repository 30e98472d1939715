"""Requests checked against botocore's model of the API, loaded on first use (250 ms, 12 MB)."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from types import MappingProxyType
from typing import Any, TypeVar

import regex
from botocore.loaders import Loader
from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape
from botocore.model import ServiceModel as BotocoreModel

from sandbox_app.operations.errors import InvalidParameterException

OperationT = TypeVar("OperationT", bound=Callable[..., Any])

_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "boolean": (bool,),
    "timestamp": (int, float),
    "structure": (Mapping,),
    "map": (Mapping,),
    "list": (list, tuple),
}

# What the real service says of passwords; the model's own pattern would refuse inner spaces. It is
# matched in a form that does not try every way to split a long password in three.
_PATTERNS: Mapping[str, str] = MappingProxyType({"PasswordType": r"^[\S]+.*[\S]+$"})
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_MATCHED: Mapping[str, str] = MappingProxyType(
    {
        "PasswordType": r"\S.*\S",
        # The model's pattern is that of a prefix; a custom domain is a name with dots.
        "DomainType": rf"{_LABEL}(?:\.{_LABEL})*",
    }
)


@cache
def model() -> BotocoreModel:
    """The service model of `cognito-idp`; read-only, shared by everybody."""
    return BotocoreModel(Loader().load_service_model("cognito-idp", "service-2"), "cognito-idp")


@cache
def input_members(operation: str) -> Mapping[str, Shape]:
    """The members of an operation's request by name.

    Raises:
        ValueError: the API has no such operation.
    """
    if operation not in model().operation_names:
        raise ValueError(f"the API has no operation {operation}")
    shape = model().operation_model(operation).input_shape
    assert isinstance(shape, StructureShape)
    members: Mapping[str, Shape] = shape.members
    return members


def checked(operation: str) -> Callable[[OperationT], OperationT]:
    """Check the request (the second argument) of a function against an operation's shape first."""

    def decorate(function: OperationT) -> OperationT:
        @wraps(function)
        def wrapper(core: Any, request: Mapping[str, Any], **chosen: Any) -> Any:
            check(operation, request)
            return function(core, request, **chosen)

        wrapper.operation = operation  # type: ignore[attr-defined]  # a function may carry it
        return wrapper  # type: ignore[return-value]  # same signature, which TypeVar cannot say

    return decorate


def check(operation: str, request: Mapping[str, Any]) -> None:
    """Refuse a request that the API's shape forbids, in the real service's words.

    Raises:
        InvalidParameterException: `1 validation error detected: …`; `field` is the member.
    """
    shape = model().operation_model(operation).input_shape
    faults: list[tuple[str, str]] = []
    _structure(shape, request, "", faults)
    if not faults:
        return
    noun = "error" if len(faults) == 1 else "errors"
    words = "; ".join(fault for _, fault in faults)
    field = faults[0][0].partition(".")[0]
    raise InvalidParameterException(
        f"{len(faults)} validation {noun} detected: {words}",
        field=_member_name(shape, field),
        path=faults[0][0],
    )


def _walk(shape: Shape, value: Any, path: str, faults: list[tuple[str, str]]) -> None:
    if not _is_of(shape.type_name, value):
        faults.append((path, f"Value at '{path}' must be of type {shape.type_name}"))
        return
    if isinstance(value, str) and not _is_text(value):
        faults.append((path, f"Value at '{path}' must be text without half characters"))
        return
    for constraint, holds in _constraints(shape, value):
        if not holds:
            faults.append((path, _fault(shape, value, path, constraint)))
    _walk_inside(shape, value, path, faults)


def _is_of(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    if kind == "integer" and isinstance(value, int):
        return -(2**31) <= value < 2**31
    return isinstance(value, _KINDS[kind])


def _walk_inside(shape: Shape, value: Any, path: str, faults: list[tuple[str, str]]) -> None:
    match shape:
        case StructureShape():
            _structure(shape, value, path, faults)
        case ListShape():
            for number, item in enumerate(value, 1):
                _walk(shape.member, item, f"{path}.{number}.member", faults)
        case MapShape():
            for key, item in value.items():
                _walk(shape.value, item, f"{path}.{key}", faults)


def _structure(shape: Any, value: Mapping[str, Any], path: str, faults: Any) -> None:
    for name in shape.required_members:
        if value.get(name) is None:
            at = _below(path, name)
            faults.append(
                (
                    at,
                    f"Value at '{at}' failed to satisfy constraint: Member must not be null",
                )
            )
    for name, item in value.items():
        at = _below(path, name)
        if name not in shape.members:
            faults.append((at, f"Unknown member '{at}'"))
        elif item is not None:
            _walk(shape.members[name], item, at, faults)


def _constraints(shape: Shape, value: Any) -> list[tuple[str, bool]]:
    limits = shape.metadata
    found: list[tuple[str, bool]] = []
    if isinstance(shape, StringShape) and shape.enum:
        words = ", ".join(shape.enum)
        found.append((f"Member must satisfy enum value set: [{words}]", value in shape.enum))
    if "pattern" in limits:
        pattern = _PATTERNS.get(shape.name, limits["pattern"])
        words = f"Member must satisfy regular expression pattern: {pattern}"
        matched = _pattern(_MATCHED.get(shape.name, pattern))
        found.append((words, matched.fullmatch(value) is not None))
    numeric = shape.type_name in ("integer", "long")
    size = value if numeric else len(value) if hasattr(value, "__len__") else 0
    noun = "value" if numeric else "length"
    if (least := limits.get("min")) is not None:
        found.append((f"Member must have {noun} greater than or equal to {least}", size >= least))
    if (most := limits.get("max")) is not None:
        found.append((f"Member must have {noun} less than or equal to {most}", size <= most))
    return found


def _fault(shape: Shape, value: Any, path: str, constraint: str) -> str:
    # The real service leaves out the values of sensitive shapes, passwords and secrets among them.
    shown = "" if shape.metadata.get("sensitive") else f" '{_shown(value)}'"
    return f"Value{shown} at '{path}' failed to satisfy constraint: {constraint}"


def _shown(value: Any) -> str:
    return str(value)[:200]


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _pattern(text: str) -> Any:
    return regex.compile(text)


def _below(path: str, name: str) -> str:
    lowered = name[:1].lower() + name[1:]
    return f"{path}.{lowered}" if path else lowered


def _member_name(shape: Any, lowered: str) -> str:
    return next((name for name in shape.members if _below("", name) == lowered), lowered)
