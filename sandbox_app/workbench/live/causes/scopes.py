"""Why a scope is not granted, and what would make it so."""

import re
from collections.abc import Iterator, Sequence

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.flows.scopes import STANDARD, custom
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Fix, Found
from sandbox_app.workbench.live.causes.fixes import AGAIN, define_scope, enable_scopes, possible
from sandbox_app.workbench.live.causes.similar import closest

_FOREIGN = {
    "offline_access": "A code always brings a refresh token here; leave the scope away.",
    "address": "There is no such scope: openid alone, or profile, brings the attribute.",
    "roles": "Groups are in every token as cognito:groups; no scope is needed.",
    "groups": "Groups are in every token as cognito:groups; no scope is needed.",
    "api": "Scopes of an API belong to a resource server: its identifier, a slash, a name.",
}
_MOST = 4


def not_enabled(case: Case) -> Found:
    """AZ-10, TM-2: which of the scopes are strange, and what each was meant to be."""
    client = case.client
    strange = case.check.because.partition(": ")[2].split()
    if client is None or not strange:
        return Found()
    machine = case.check.rule == "TM-2"
    living = custom(client, case.core.store)
    causes = [_cause(scope, client, living, machine) for scope in strange[:_MOST]]
    fixes = tuple(_fixes(strange, client, living, case))
    return Found(tuple(causes), fixes, settled=_settled(strange, client, living, machine))


def _cause(scope: str, client: UserPoolClient, living: frozenset[str], machine: bool) -> Cause:
    name = client.client_name
    if machine and scope in STANDARD:
        return Cause(
            f"{scope} is about a user, and a machine signs in without one.",
            "Ask for scopes of a resource server only.",
        )
    if scope in living:
        return Cause(f"{scope} exists but is not enabled on {name}.")
    if scope in client.allowed_oauth_scopes and scope not in STANDARD:
        return Cause(f"{scope} is enabled on {name}, but its resource server has it no more.")
    if scope in STANDARD:
        return Cause(f"{scope} is a standard scope that is not enabled on {name}.")
    if scope in _FOREIGN:
        return Cause(f"The pool knows no scope {scope}.", _FOREIGN[scope])
    return _misspelt(scope, living | STANDARD) or _unknown(scope, living)


def _misspelt(scope: str, known: frozenset[str]) -> Cause | None:
    if "," in scope or "+" in scope:
        return Cause("Scopes stand apart by spaces alone.", "Put a space in place of , or +.")
    by_case = {one.lower(): one for one in known}
    if scope.lower() in by_case:
        return Cause(f"{by_case[scope.lower()]} is meant: upper and lower case count.")
    slashed = re.sub(r"[:.|]", "/", scope)
    if slashed in known:
        return Cause(f"{slashed} is meant: a slash stands between resource server and scope.")
    prefixed = next((one for one in sorted(known) if one.endswith(f"/{scope}")), "")
    if prefixed:
        return Cause(f"{prefixed} is meant: the resource server's identifier belongs to the name.")
    if scope.endswith("/*"):
        return Cause("There are no wildcards.", "Name every scope.")
    near = closest(scope, known)
    return Cause(f"Perhaps {near} is meant: it is spelt nearly so.") if near else None


def _unknown(scope: str, living: frozenset[str]) -> Cause:
    server = scope.rpartition("/")[0]
    if server and any(one.startswith(f"{server}/") for one in living):
        return Cause(f"The resource server {server} has no scope {scope.rpartition('/')[2]}.")
    if server:
        return Cause(f"The pool has no resource server {server}.", "Make it under Pools first.")
    return Cause(f"The pool knows no scope {scope}.")


def _fixes(
    strange: Sequence[str], client: UserPoolClient, living: frozenset[str], case: Case
) -> Iterator[Fix]:
    enabled = client.allowed_oauth_scopes
    wanted = [scope for scope in strange if scope in living or scope in STANDARD]
    missing = [scope for scope in wanted if scope not in enabled]
    if missing and len(wanted) == len(strange):
        yield from possible(case.core, enable_scopes(client, missing))
    if len(strange) == 1 and strange[0] not in living | STANDARD and "/" in strange[0]:
        yield from possible(case.core, define_scope(client, strange[0], then=AGAIN))


def _settled(
    strange: Sequence[str], client: UserPoolClient, living: frozenset[str], machine: bool
) -> str:
    def granted(scope: str) -> bool:
        known = scope in living or (scope in STANDARD and not machine)
        return known and scope in client.allowed_oauth_scopes

    return f"{client.client_name} may ask for it now." if all(map(granted, strange)) else ""
