"""The attributes every pool has, in the order the API lists them (contract users 7)."""

from sandbox_app.domain.records.pools import (
    NumberConstraints,
    SchemaAttribute,
    StringConstraints,
)

_TEXTS = (
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
)
_MORE_TEXTS = ("zoneinfo", "locale", "phone_number", "address")
VERIFIED_FLAGS = ("email_verified", "phone_number_verified")


def standard_schema() -> tuple[SchemaAttribute, ...]:
    """The schema of a pool that was made without one."""
    sub = SchemaAttribute(
        name="sub",
        mutable=False,
        required=True,
        string_attribute_constraints=StringConstraints(min_length="1", max_length="2048"),
    )
    return (
        sub,
        *(_text(name) for name in _TEXTS),
        _flag("email_verified"),
        _text("gender"),
        _text("birthdate", "10", "10"),
        *(_text(name) for name in _MORE_TEXTS),
        _flag("phone_number_verified"),
        SchemaAttribute(
            name="updated_at",
            attribute_data_type="Number",
            number_attribute_constraints=NumberConstraints(min_value="0"),
        ),
        _text("identities"),
    )


def _text(name: str, least: str = "0", most: str = "2048") -> SchemaAttribute:
    return SchemaAttribute(
        name=name,
        string_attribute_constraints=StringConstraints(min_length=least, max_length=most),
    )


def _flag(name: str) -> SchemaAttribute:
    return SchemaAttribute(name=name, attribute_data_type="Boolean")


STANDARD_NAMES = frozenset(attribute.name for attribute in standard_schema())
"""Every name in the standard schema; anything else is custom."""
