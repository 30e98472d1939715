"""All rules by id; the window, the help and the tests read this one table."""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.domain.rules import (
    authorize,
    conditions,
    confirmation_codes,
    discovery,
    holding,
    hosted_pages,
    logout,
    on_purpose,
    own_door,
    sending_again,
    token_endpoint,
    token_format,
    userinfo_and_revoke,
    wire,
)
from sandbox_app.domain.rules.rule import Rule

_AREAS = (
    wire.RULES,
    discovery.RULES,
    authorize.RULES,
    hosted_pages.RULES,
    confirmation_codes.RULES,
    token_endpoint.RULES,
    userinfo_and_revoke.RULES,
    logout.RULES,
    token_format.RULES,
    own_door.RULES,
    conditions.RULES,
    on_purpose.RULES,
    holding.RULES,
    sending_again.RULES,
)

CATALOGUE: Mapping[str, Rule] = MappingProxyType(
    {entry.id: entry for area in _AREAS for entry in area}
)


def rule(rule_id: str) -> Rule:
    """The catalogue's entry.

    Raises:
        KeyError: no such rule (a misspelt id in a flow, never something a request can cause).
    """
    return CATALOGUE[rule_id]
