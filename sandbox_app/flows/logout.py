"""GET /logout in both its modes (contract oidc 9)."""

from urllib.parse import urlencode

from sandbox_app.domain.events import SessionEnded
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import authorize_checks, joining, scopes, sessions
from sandbox_app.flows.authorize import AuthorizeRequest
from sandbox_app.flows.forgiving import forgive, registered_but_for_the_port
from sandbox_app.flows.ignored_parameters import LOGOUT, note_ignored
from sandbox_app.flows.outcomes import SignedOut
from sandbox_app.flows.pool_domain import NO_DOMAIN, has_domain
from sandbox_app.operations.core import Core

_MISLEADING = "Required String parameter 'redirect_uri' is not present"
_OIDC_NAMES = {
    "post_logout_redirect_uri": "the pool wants logout_uri",
    "id_token_hint": "the pool wants client_id, and ends the browser's own session",
}
_NOT_CARRIED = ("logout_uri", "identity_provider")


def answer_logout(asked: AuthorizeRequest, core: Core, trace: Trace) -> SignedOut | Refused:
    """End this pool's session in this browser; tokens stay as they are."""
    # Of an app that speaks plain OpenID Connect no more than this is understood.
    _note_passed_over(asked, trace)
    client = _client(asked, core, trace)
    known = None if isinstance(client, Refused) else client
    joining.by_session(asked.cookie, known, core, trace)
    if isinstance(client, Refused):
        return trace.refused(client)
    target = asked.parameters.get("logout_uri")
    if target is not None and target in client.logout_urls:
        trace.checks.require("LO-1", True, got=target)
        return _ended(asked, client, target, core, trace)
    if target is not None and registered_but_for_the_port(target, client.logout_urls, core):
        expected = ", ".join(client.logout_urls)
        forgive("any_loopback_port", core, trace, rule="LO-2", got=target, expected=expected)
        return _ended(asked, client, target, core, trace)
    if asked.parameters.get("redirect_uri") is not None:
        return _back_to_sign_in(asked, client, core, trace)
    return trace.refused(_nowhere_to_go(target, client, trace))


def _client(asked: AuthorizeRequest, core: Core, trace: Trace) -> UserPoolClient | Refused:
    trace.checks.plan("AZ-1", "AZ-2")
    client_id = asked.parameters.get("client_id")
    if not trace.checks.require("AZ-1", client_id is not None, got=client_id or ""):
        text = "Required String parameter 'client_id' is not present"
        return Refused(text, "AZ-1", "client_id is missing", Delivery.ERROR_PAGE)
    client = core.store.clients.get(client_id or "")
    if client is not None and asked.pool_id not in (None, client.user_pool_id):
        client = None
    if not trace.checks.require("AZ-2", client is not None, got=client_id or "") or not client:
        because = f"no app client has the id {client_id}"
        return Refused("invalid_request", "AZ-2", because, Delivery.ERROR_PAGE)
    trace.concerns(client)
    if not has_domain(client, core, trace):
        return Refused("not_found", "OI-1.1", NO_DOMAIN, Delivery.PAGE, status=404)
    return client


def _back_to_sign_in(
    asked: AuthorizeRequest, client: UserPoolClient, core: Core, trace: Trace
) -> SignedOut | Refused:
    asking = authorize_checks.identify(asked.parameters, core, trace, pool_id=asked.pool_id)
    if isinstance(asking, Refused):
        return trace.refused(asking)
    carried = [pair for pair in asked.parameters.values.items() if pair[0] not in _NOT_CARRIED]
    if asked.parameters.get("scope") is None:
        carried.append(("scope", " ".join(scopes.enabled(client, core.store))))
    trace.checks.require("LO-4", True, got=asking.redirect_uri)
    return _ended(asked, client, f"{asked.origin}/login?{urlencode(carried)}", core, trace)


def _ended(
    asked: AuthorizeRequest, client: UserPoolClient, location: str, core: Core, trace: Trace
) -> SignedOut:
    session, spent = sessions.end(asked.cookie, client.user_pool_id, core)
    if session is not None:
        user = core.store.users.get(client.user_pool_id, session.sub)
        trace.username = user.username if user is not None else ""
        core.bus.publish(SessionEnded(client.user_pool_id, session.login_id))
    return SignedOut(location, spent)


def _nowhere_to_go(target: str | None, client: UserPoolClient, trace: Trace) -> Refused:
    rule = "LO-3" if target is None else "LO-2"
    because = (
        "neither logout_uri nor redirect_uri was sent"
        if target is None
        else "logout_uri is not registered"
    )
    trace.checks.require(
        rule, False, got=target or "", expected=", ".join(client.logout_urls) or "no sign-out URL"
    )
    return Refused(_MISLEADING, rule, because, Delivery.ERROR_PAGE)


def _note_passed_over(asked: AuthorizeRequest, trace: Trace) -> None:
    note_ignored("LO-6", _OIDC_NAMES, asked.parameters, trace)
    note_ignored("OI-9", LOGOUT, asked.parameters, trace)
    if asked.parameters.has("state") and asked.parameters.has("logout_uri"):
        trace.checks.note("LO-1", "state is not given back with logout_uri", got="state")
    if asked.parameters.has("identity_provider"):
        trace.checks.note("LO-5", "identity_provider is ignored here")
