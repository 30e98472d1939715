"""POST /oauth2/token: the checks all grants share, then the grant's own (contract oidc 6)."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.rules import token_endpoint as rules
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import code_exchange, joining, machine_token, refreshing
from sandbox_app.flows.client_authentication import BackChannelRequest, authenticate
from sandbox_app.flows.ignored_parameters import TOKEN, TRADED, note_ignored
from sandbox_app.flows.outcomes import Answered
from sandbox_app.operations.core import Core

Grant = Callable[[BackChannelRequest, UserPoolClient, Core, Trace], Awaitable[Answered | Refused]]

_GRANTS: Mapping[str, tuple[Grant, tuple[str, ...], tuple[str, ...]]] = MappingProxyType(
    {
        "authorization_code": (
            code_exchange.redeem,
            ("code", "redirect_uri"),
            rules.CODE_CHECKS,
        ),
        "refresh_token": (refreshing.refresh, ("refresh_token",), rules.REFRESH_CHECKS),
        "client_credentials": (machine_token.issue, (), rules.MACHINE_CHECKS),
    }
)
"""Grant type: the function that serves it, the parameters it needs, the checks it makes."""


async def answer_token_request(
    asked: BackChannelRequest, core: Core, trace: Trace
) -> Answered | Refused:
    """Issue tokens, or say in the protocol's words why not.

    The client proves itself before the code or token is looked at, so a failed secret costs
    nothing (contract 6.2).
    """
    outcome = await _answered(asked, core, trace)
    if not isinstance(outcome, Refused):
        return outcome
    joining.by_what_is_spent(asked.parameters, core, trace)
    return trace.refused(outcome)


async def _answered(asked: BackChannelRequest, core: Core, trace: Trace) -> Answered | Refused:
    checks = trace.checks
    checks.plan(*rules.COMMON_CHECKS)
    grant_type = asked.parameters.get("grant_type")
    if not checks.require("TK-1", grant_type is not None, got=grant_type or ""):
        return Refused("invalid_request", "TK-1", "grant_type is missing")
    is_known = grant_type in _GRANTS
    if not checks.require("TK-2", is_known, got=grant_type or "", expected=", ".join(_GRANTS)):
        return Refused("unsupported_grant_type", "TK-2", f"grant_type is {grant_type}")
    trace.grant = grant_type or ""
    serve, needed, own_checks = _GRANTS[trace.grant]
    checks.plan(*own_checks)
    known = TOKEN if serve is machine_token.issue else TRADED
    note_ignored("OI-6", known, asked.parameters, trace)
    client = authenticate(asked, core, trace)
    if isinstance(client, Refused):
        return client
    missing = [name for name in needed if asked.parameters.get(name) is None]
    if not checks.require("TK-7", not missing, got=f"no {missing[0]}" if missing else ""):
        return Refused("invalid_request", "TK-7", f"{missing[0]} is missing")
    return await serve(asked, client, core, trace)
