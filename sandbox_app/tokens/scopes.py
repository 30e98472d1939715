"""Which attributes the granted scopes show (contract oidc 12)."""

from collections.abc import Collection, Mapping

_PROFILE = frozenset(
    {
        "name",
        "family_name",
        "given_name",
        "middle_name",
        "nickname",
        "preferred_username",
        "profile",
        "picture",
        "website",
        "gender",
        "birthdate",
        "zoneinfo",
        "locale",
        "updated_at",
    }
)
"""OIDC's fourteen profile claims."""

_SHOWN_BY = {
    "email": frozenset({"email", "email_verified"}),
    "phone": frozenset({"phone_number", "phone_number_verified"}),
}
_NARROWING = ("email", "phone", "profile")


def parsed(text: str | None) -> tuple[str, ...]:
    """The scopes of a parameter in the order sent; duplicates collapse, case matters.

    Only the space separates them (RFC 6749 section 3.3).
    """
    return tuple(dict.fromkeys(scope for scope in (text or "").split(" ") if scope))


def visible_attributes(
    attributes: Mapping[str, str], scopes: Collection[str], readable: Collection[str]
) -> dict[str, str]:
    """The user's attributes that a token or userInfo with these scopes shows.

    `openid` alone shows everything the client can read; naming `email`, `phone` or `profile`
    beside it narrows the claims to theirs, and several add up. An attribute without a value is
    not shown (contract 10.1).
    """
    may_read = {name: text for name, text in attributes.items() if text and name in readable}
    if not any(scope in scopes for scope in _NARROWING):
        return may_read
    return {name: value for name, value in may_read.items() if _shown(name, scopes)}


def _shown(name: str, scopes: Collection[str]) -> bool:
    if any(scope in scopes and name in names for scope, names in _SHOWN_BY.items()):
        return True
    return "profile" in scopes and (name in _PROFILE or name.startswith("custom:"))
