"""Lists in pages: the token says where to go on, and is worth nothing elsewhere."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox_app.operations.errors import InvalidParameterException

ItemT = TypeVar("ItemT")


def page(
    items: Sequence[ItemT], limit: int, token: str | None
) -> tuple[Sequence[ItemT], str | None]:
    """The next `limit` items and the token for those after them.

    Raises:
        InvalidParameterException: the token is not one of ours.
    """
    start = 0 if token is None else int(read_token(token) or "0")
    end = start + limit
    return items[start:end], write_token(str(end)) if end < len(items) else None


def write_token(place: str) -> str:
    """A place in a list as an opaque token."""
    return base64.urlsafe_b64encode(place.encode()).decode()


def read_token(token: str) -> str:
    """The place behind a token.

    Raises:
        InvalidParameterException: the token is not one of ours.
    """
    try:
        return base64.urlsafe_b64decode(token.encode()).decode()
    except (binascii.Error, ValueError) as error:
        raise InvalidParameterException("Invalid pagination token.", field="NextToken") from error
