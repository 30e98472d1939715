"""What a list of users is asked for: words to find, filters, an order."""

from dataclasses import dataclass

from sandbox_app.domain.records.users import UserStatus

SORTS = ("username", "status", "enabled", "created", "modified")
"""Orders beside those by an attribute; any other name means the attribute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuery:
    """Which users of a pool, and in which order.

    Args:
        text: words that must all occur in some attribute, in any case, or begin the sub, of which
            at least eight characters are needed; `email:ali` and `custom:team=red` look into one
            attribute. Quotes keep a word with blanks together.
        status, enabled, group: `None` for any.
        verified: whether the e-mail address or the phone number is verified; `None` for any.
        sort: one of `SORTS`, or an attribute; users without it come last either way.
    """

    text: str = ""
    status: UserStatus | None = None
    enabled: bool | None = None
    group: str | None = None
    verified: bool | None = None
    sort: str = "username"
    descending: bool = False
