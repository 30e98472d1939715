"""Records to and from the Cognito API's own member names, so that one vocabulary serves all.

A record's fields are snake_case; each field declared with `member("CallbackURLs")` knows its
name in the API. What travels over the JSON API, what a CloudFormation template says and what
lies in the workspace file are the same shape.
"""

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

RecordT = TypeVar("RecordT")
Members = dict[str, Any]

_ABSENT = dataclasses.MISSING


def member(name: str, default: Any = _ABSENT, *, factory: Any = _ABSENT) -> Any:
    """A dataclass field that is called `name` in the Cognito API."""
    if factory is not _ABSENT:
        return dataclasses.field(default_factory=factory, metadata={"member": name})
    if default is not _ABSENT:
        return dataclasses.field(default=default, metadata={"member": name})
    return dataclasses.field(metadata={"member": name})


def to_members(record: Any) -> Members:
    """The record in API shape; fields that are `None` are left out, as the API leaves them out."""
    shape: Members = {}
    for attribute, name, _ in _fields(type(record)):
        value = getattr(record, attribute)
        if value is not None:
            shape[name] = _encode(value)
    return shape


def from_members(kind: type[RecordT], shape: Mapping[str, Any]) -> RecordT:
    """A record of class `kind` from its API shape; members it has no field for are passed over.

    Raises:
        TypeError: a member without a default is absent (a caller's bug: shapes are checked first).
    """
    values = {
        attribute: _decode(hint, shape[name])
        for attribute, name, hint in _fields(kind)
        if name in shape and shape[name] is not None
    }
    return kind(**values)


def member_names(kind: type[Any]) -> frozenset[str]:
    """The API names a record of class `kind` has fields for."""
    return frozenset(name for _, name, _ in _fields(kind))


def _fields(kind: object) -> tuple[tuple[str, str, Any], ...]:
    # A class handed over as an object: type checkers hold `type[Any]` to be unhashable.
    return _fields_of(kind)


@cache
def _fields_of(kind: object) -> tuple[tuple[str, str, Any], ...]:
    assert isinstance(kind, type)
    hints = get_type_hints(kind)
    return tuple(
        (field.name, field.metadata["member"], hints[field.name])
        for field in dataclasses.fields(kind)
        if "member" in field.metadata
    )


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return to_members(value)
    if isinstance(value, tuple | frozenset):
        return [_encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _encode(item) for key, item in value.items()}
    return value


def _decode(hint: Any, value: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _decode(next(arm for arm in get_args(hint) if arm is not type(None)), value)
    if origin is tuple:
        return tuple(_decode(get_args(hint)[0], item) for item in value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return from_members(hint, value)
    return value
