"""What values a user's attributes may have (contract users 1 and 7)."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sandbox_app.domain.records.pools import SchemaAttribute, UserPool
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.sign_in_names import looks_like_email, looks_like_phone

VERIFIED_BY: Mapping[str, str] = MappingProxyType(
    {"email": "email_verified", "phone_number": "phone_number_verified"}
)
"""What can be verified, and the flag that says so."""

_BIRTHDATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
_PREFIX = "Attributes did not conform to the schema: "


def as_mapping(attributes: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The API's list of names and values as a mapping; a value left out is empty."""
    return {item["Name"]: item.get("Value", "") for item in attributes}


def as_list(attributes: Mapping[str, str]) -> list[dict[str, str]]:
    """A mapping as the API's list of names and values."""
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def conformed(pool: UserPool, attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes as they are stored: flags in lower case, so that `True` counts as `true`."""
    kinds = {item.name: item.attribute_data_type for item in pool.schema_attributes}
    return {
        name: value.lower() if kinds.get(name) == "Boolean" else value
        for name, value in attributes.items()
    }


def check_attributes(
    pool: UserPool, attributes: Mapping[str, str], *, before: Mapping[str, str] | None
) -> None:
    """Refuse values that the pool's schema forbids.

    Args:
        before: what the user has already; `None` for a new one, whose immutable attributes may
            be set now and never again.

    Raises:
        InvalidParameterException: the first one that does not fit.
    """
    for name, value in attributes.items():
        attribute = pool.attribute(name)
        if attribute is None:
            raise _refused(f"{_PREFIX}{name}: Attribute does not exist in the schema.")
        if name in ("sub", "identities"):
            raise _refused(f"Cannot modify the non-mutable attribute {name}")
        if not (attribute.mutable or before is None):
            raise _refused(f"user.{name}: Attribute cannot be updated.")
        _check_value(attribute, value)
    after = {**(before or {}), **attributes}
    for about, flag in VERIFIED_BY.items():
        if attributes.get(flag) == "true" and not after.get(about):
            raise _refused(f"{about} is required to verify/auto-verify {about}")


def merged(before: Mapping[str, str], asked: Mapping[str, str]) -> dict[str, str]:
    """The user's attributes afterwards; a changed address or number is unverified again.

    Unless `asked` itself says whether it is verified.
    """
    reset = {
        flag: "false"
        for name, flag in VERIFIED_BY.items()
        if name in asked and asked[name] != before.get(name) and flag not in asked
    }
    return {**before, **asked, **reset}


def _check_value(attribute: SchemaAttribute, value: str) -> None:
    name, kind = attribute.name, attribute.attribute_data_type
    if name == "email" and value and not looks_like_email(value):
        raise _refused("Invalid email address format.")
    if name == "phone_number" and value and not looks_like_phone(value):
        raise _refused("Invalid phone number format.")
    if name == "birthdate" and value and not _BIRTHDATE.fullmatch(value):
        raise _refused("Invalid birthdate format. Please use YYYY-MM-DD.")
    if kind == "Boolean" and value.lower() not in ("true", "false"):
        raise _refused(f"{_PREFIX}{name}: Attribute must be true or false.")
    if kind == "Number":
        _check_number(attribute, value)
    elif kind == "String" and name != "birthdate":
        _check_length(attribute, value)


def _check_number(attribute: SchemaAttribute, value: str) -> None:
    if not _NUMBER.fullmatch(value):
        raise _refused(f"{_PREFIX}{attribute.name}: Attribute must be a number.")
    limits = attribute.number_attribute_constraints
    number = int(value)
    if limits is None:
        return
    if limits.min_value is not None and number < int(limits.min_value):
        raise _refused(
            f"{_PREFIX}{attribute.name}: Number must not be less than {limits.min_value}"
        )
    if limits.max_value is not None and number > int(limits.max_value):
        raise _refused(
            f"{_PREFIX}{attribute.name}: Number must not be greater than {limits.max_value}"
        )


def _check_length(attribute: SchemaAttribute, value: str) -> None:
    size = len(value.encode())
    limits = attribute.string_attribute_constraints
    most = int(limits.max_length) if limits and limits.max_length else 2048
    least = int(limits.min_length) if limits and limits.min_length else 0
    if size > most:
        raise _refused(f"{_PREFIX}{attribute.name}: String must be no longer than {most} bytes")
    if size < least:
        raise _refused(f"{_PREFIX}{attribute.name}: String must be no shorter than {least} bytes")


def _refused(message: str) -> InvalidParameterException:
    return InvalidParameterException(message, field="UserAttributes")
