"""A pool's schema: the standard attributes as the request redefines them, then the custom ones."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sandbox_app.domain.members import from_members, to_members
from sandbox_app.domain.records.pools import SchemaAttribute, StringConstraints
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.standard_attributes import STANDARD_NAMES, standard_schema

# The API ends at 2^1023, which has 308 digits.
_BOUND = re.compile(r"-?\d{1,308}", re.ASCII)
_MOST_CUSTOM = 50


def pool_schema(asked: Iterable[Mapping[str, Any]]) -> tuple[SchemaAttribute, ...]:
    """The whole schema that `Schema` of a CreateUserPool request leads to.

    Raises:
        InvalidParameterException: an attribute twice, or one that cannot be as asked.
    """
    standard = {attribute.name: attribute for attribute in standard_schema()}
    custom: list[SchemaAttribute] = []
    seen: set[str] = set()
    for item in asked:
        name = item.get("Name")
        if not name:
            raise _refused("Schema attribute needs a name.")
        if name in STANDARD_NAMES:
            attribute = standard[name] = _redefined(standard[name], item)
        else:
            attribute = custom_attribute(item)
            custom.append(attribute)
        if attribute.name in seen:
            raise _refused(f"{attribute.name}: Duplicate attribute name.")
        seen.add(attribute.name)
    return (*standard.values(), *custom)


def with_custom_attributes(
    schema: tuple[SchemaAttribute, ...], asked: Iterable[Mapping[str, Any]]
) -> tuple[SchemaAttribute, ...]:
    """The schema with further custom attributes.

    Raises:
        InvalidParameterException: a name is taken, or an attribute cannot be as asked.
    """
    for item in asked:
        added = custom_attribute(item)
        if any(attribute.name == added.name for attribute in schema):
            raise InvalidParameterException(
                f"{added.name}: Existing attribute already has name {added.name}.",
                field="CustomAttributes",
            )
        schema = (*schema, added)
    return schema


def check_count(schema: tuple[SchemaAttribute, ...]) -> None:
    """Refuse more than fifty custom attributes.

    Raises:
        InvalidParameterException: there are more.
    """
    if sum(item.name not in STANDARD_NAMES for item in schema) > _MOST_CUSTOM:
        raise _refused(f"A user pool can have at most {_MOST_CUSTOM} custom attributes.")


def custom_attribute(item: Mapping[str, Any]) -> SchemaAttribute:
    """A custom attribute under the name it is stored by.

    Raises:
        InvalidParameterException: no name, required, or bounds that are none.
    """
    name = item.get("Name")
    if not name:
        raise _refused("Schema attribute needs a name.")
    if item.get("Required"):
        raise _refused("Required custom attributes are not supported currently.")
    prefix = "dev:" if item.get("DeveloperOnlyAttribute") else "custom:"
    attribute = from_members(SchemaAttribute, {**item, "Name": f"{prefix}{name}"})
    if attribute.attribute_data_type == "String":
        constraints = attribute.string_attribute_constraints or StringConstraints()
        attribute = replace(attribute, string_attribute_constraints=constraints)
    _check_bounds(attribute)
    return attribute


def _redefined(standard: SchemaAttribute, item: Mapping[str, Any]) -> SchemaAttribute:
    kind = standard.attribute_data_type
    if item.get("AttributeDataType") not in (None, kind):
        raise _refused(f"{standard.name}: Required attribute data type is {kind}.")
    given = {name: value for name, value in item.items() if value is not None}
    attribute = from_members(SchemaAttribute, {**to_members(standard), **given})
    if standard.required and not (attribute.required and not attribute.mutable):
        raise _refused(f"{standard.name}: is always required and never mutable.")
    _check_bounds(attribute)
    return attribute


def _check_bounds(attribute: SchemaAttribute) -> None:
    texts, numbers = attribute.string_attribute_constraints, attribute.number_attribute_constraints
    if texts is not None:
        _check_order(attribute, texts.min_length, texts.max_length, lowest=0)
    if numbers is not None:
        _check_order(attribute, numbers.min_value, numbers.max_value)


def _check_order(
    attribute: SchemaAttribute, least: str | None, most: str | None, lowest: int | None = None
) -> None:
    bounds = [_whole(attribute, text) for text in (least, most) if text is not None]
    if lowest is not None and any(bound < lowest for bound in bounds):
        raise _refused(f"{attribute.name}: A length is not less than {lowest}.")
    if bounds != sorted(bounds):
        raise _refused(f"{attribute.name}: The lower bound is above the upper one.")


def _whole(attribute: SchemaAttribute, text: str) -> int:
    if not _BOUND.fullmatch(text):
        raise _refused(f"{attribute.name}: {text[:40]!r} is not a whole number.")
    return int(text)


def _refused(message: str) -> InvalidParameterException:
    return InvalidParameterException(message, field="Schema")
