"""A request turned down for a reason the protocol has a word for, as a value."""

from dataclasses import dataclass
from enum import StrEnum


class Delivery(StrEnum):
    """How a refusal travels back."""

    JSON = "json"
    """A body `{"error": …}` from the endpoint itself."""
    BEARER = "bearer"
    """userInfo's own form: `WWW-Authenticate: error="…"` beside the body."""
    ERROR_PAGE = "error page"
    """302 to the domain's `/error`, because the redirect target is not trusted yet."""
    CLIENT = "client"
    """302 to the client's callback, in query or fragment."""
    PAGE = "page"
    """A page rendered at once with `status`."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A request turned down for a reason the protocol has a word for.

    Returned, never raised, so that the type checker insists on an answer. `error` and
    `description` go on the wire; `rule` (the contract line that failed) and `because` are for
    the window alone.
    """

    error: str
    rule: str
    because: str
    delivery: Delivery = Delivery.JSON
    description: str | None = None
    status: int = 400
