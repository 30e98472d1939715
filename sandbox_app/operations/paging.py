"""Lists in pages: the token says where to go on, and is worth nothing elsewhere."""

import base64
import json
from collections.abc import Sequence
from typing import TypeVar

from sandbox_app.operations.errors import InvalidParameterException

ItemT = TypeVar("ItemT")


def page(
    items: Sequence[ItemT], limit: int, token: str | None, listing: str
) -> tuple[Sequence[ItemT], str | None]:
    """The next `limit` items and the token for those after them.

    Args:
        listing: names the list, so that a token of another one is refused.

    Raises:
        InvalidParameterException: the token is not one of this list.
    """
    start = 0 if token is None else _number(read_token(token, listing))
    end = start + limit
    more = end < len(items)
    return items[start:end], write_token(str(end), listing) if more else None


def write_token(place: str, listing: str) -> str:
    """A place in a list as an opaque token."""
    return base64.urlsafe_b64encode(json.dumps([listing, place]).encode()).decode()


def read_token(token: str, listing: str, *, field: str = "NextToken") -> str:
    """The place behind a token; `field` is the member it came in.

    Raises:
        InvalidParameterException: the token is not one of this list.
    """
    try:
        said = json.loads(base64.b64decode(token, altchars=b"-_", validate=True))
    except (ValueError, RecursionError) as error:
        raise _refused(field) from error
    if not (isinstance(said, list) and len(said) == 2 and said[0] == listing):
        raise _refused(field)
    return str(said[1])


def _number(place: str) -> int:
    if not (place.isascii() and place.isdigit() and len(place) < 10):
        raise _refused("NextToken")
    return int(place)


def _refused(field: str) -> InvalidParameterException:
    return InvalidParameterException("Invalid pagination token.", field=field)
