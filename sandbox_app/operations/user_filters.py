"""ListUsers' `Filter`: one attribute, `=` or `^=`, one quoted value."""

import re

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.operations.errors import InvalidParameterException
from sandbox_app.operations.sign_in_names import folded
from sandbox_app.store import UserFilter

_FILTER = re.compile(r'\s*([\w:]+)\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*')
_SEARCHABLE = {
    "username": "username",
    "email": "email",
    "phone_number": "phone_number",
    "name": "name",
    "given_name": "given_name",
    "family_name": "family_name",
    "preferred_username": "preferred_username",
    "cognito:user_status": "status",
    "status": "enabled",
    "sub": "sub",
}
"""The API's name, and the store's. `status` means enabled or disabled, as in the API."""


def parse_filter(pool: UserPool, text: str | None) -> UserFilter | None:
    """The condition that a filter states; none for an absent or empty one.

    Raises:
        InvalidParameterException: it cannot be read, or the attribute cannot be searched.
    """
    if text is None or not text.strip():
        return None
    match = _FILTER.fullmatch(text)
    if match is None:
        raise InvalidParameterException("Error while parsing filter.", field="Filter")
    attribute, operator, value = match[1], match[2], re.sub(r"\\(.)", r"\1", match[3])
    if attribute not in _SEARCHABLE:
        raise InvalidParameterException(
            f"One or more requested attributes are not searchable: {attribute}", field="Filter"
        )
    if attribute == "username":
        value = folded(pool, value)
    if attribute == "status":
        value = "true" if value.lower() == "enabled" else "false"
    return UserFilter(_SEARCHABLE[attribute], operator, value)
