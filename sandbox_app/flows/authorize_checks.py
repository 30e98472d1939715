"""The checks AZ-1 … AZ-12, in contract order; authorize and the sign-in page share them."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules import authorize as rules
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import scopes
from sandbox_app.flows.forgiving import forgive, registered_but_for_the_port
from sandbox_app.flows.parameters import Parameters
from sandbox_app.flows.pool_domain import NO_DOMAIN, has_domain
from sandbox_app.operations.core import Core

FLOW_OF = {"code": "code", "token": "implicit"}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a sign-in, once redirect_uri can be trusted."""

    parameters: Parameters
    client: UserPoolClient
    pool: UserPool
    redirect_uri: str

    @property
    def state(self) -> str | None:
        """The app's state, to be given back as it came."""
        return self.parameters.get("state")

    @property
    def in_fragment(self) -> bool:
        """Whether answers travel in the fragment, as for the implicit flow."""
        return self.parameters.get("response_type") == "token"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A sign-in that may go ahead, with what will be granted."""

    asking: Asking
    scopes: tuple[str, ...]


def plan_request(trace: Trace) -> None:
    """Announce everything an authorize request is asked, so that what stays open shows too."""
    trace.checks.plan(*rules.CHECKS_BEFORE_REDIRECT, *rules.CHECKS_OF_REQUEST)


def identify(
    parameters: Parameters, core: Core, trace: Trace, *, pool_id: str | None
) -> Asking | Refused:
    """AZ-1 … AZ-4: who asks, and can the answer go where they say?

    Args:
        pool_id: the pool that the host name stands for, `None` on the shared host.
    """
    checks = trace.checks
    checks.plan(*rules.CHECKS_BEFORE_REDIRECT)
    client_id = parameters.get("client_id")
    if not checks.require("AZ-1", client_id is not None, got=_sent("client_id", client_id)):
        return _missing("AZ-1", "client_id")
    client = core.store.clients.get(client_id or "")
    if client is not None and pool_id not in (None, client.user_pool_id):
        client = None
    found = client is not None
    if not checks.require("AZ-2", found, got=_described(client, client_id)) or client is None:
        return _at_error_page("AZ-2", "invalid_request", f"no app client has the id {client_id}")
    trace.concerns(client)
    if not has_domain(client, core, trace):
        return Refused("not_found", "OI-1.1", NO_DOMAIN, Delivery.PAGE, status=404)
    redirect_uri = parameters.get("redirect_uri")
    if not checks.require("AZ-3", redirect_uri is not None) or redirect_uri is None:
        return _missing("AZ-3", "redirect_uri")
    registered = redirect_uri in client.callback_urls
    expected = ", ".join(client.callback_urls) or "nothing: the client has no callback URL"
    if not registered and registered_but_for_the_port(redirect_uri, client.callback_urls, core):
        forgive("any_loopback_port", core, trace, got=redirect_uri, expected=expected)
    elif not checks.require("AZ-4", registered, got=redirect_uri, expected=expected):
        return _at_error_page("AZ-4", "redirect_mismatch", "redirect_uri is not registered")
    pool = core.store.pools.get(client.user_pool_id)
    assert pool is not None, "a client always has its pool"
    return Asking(parameters, client, pool, redirect_uri)


def accept(asking: Asking, core: Core, trace: Trace) -> Accepted | Refused:
    """AZ-5 … AZ-11: is the request itself in order? A failure goes back to the app."""
    for check in _REQUEST_CHECKS:
        refused = check(asking, core, trace)
        if refused is not None:
            return refused
    wanted = scopes.requested(asking.parameters.get("scope"))
    return Accepted(asking, wanted or scopes.enabled(asking.client, core.store))


def provider_is_enabled(asking: Asking, trace: Trace) -> bool:
    """AZ-12: whether the provider that the request names is one of the client's."""
    wanted = asking.parameters.get("identity_provider")
    identifier = asking.parameters.get("idp_identifier")
    if wanted is None and identifier is None:
        return True
    enabled = asking.client.supported_identity_providers or ("COGNITO",)
    return trace.checks.require(
        "AZ-12",
        wanted in enabled and identifier is None,
        got=wanted or identifier or "",
        expected=", ".join(enabled),
    )


def _response_type(asking: Asking, core: Core, trace: Trace) -> Refused | None:
    response_type = asking.parameters.get("response_type")
    if not trace.checks.require("AZ-5", response_type is not None):
        return _at_app("AZ-5", "invalid_request", "response_type is missing")
    known = response_type in FLOW_OF
    if not trace.checks.require("AZ-6", known, got=response_type or "", expected="code or token"):
        return _at_app("AZ-6", "invalid_request", f"response_type is {response_type}")
    return None


def _flow_allowed(asking: Asking, core: Core, trace: Trace) -> Refused | None:
    flow = FLOW_OF[asking.parameters.get("response_type") or ""]
    client = asking.client
    trace.grant = flow
    if trace.checks.require(
        "AZ-7",
        client.may_use(flow),
        got=flow,
        expected=", ".join(client.allowed_oauth_flows)
        if client.allowed_oauth_flows_user_pool_client
        else "nothing: OAuth is off on the client",
    ):
        return None
    return _at_app("AZ-7", "unauthorized_client", f"the client may not use the {flow} flow")


def _challenge(asking: Asking, core: Core, trace: Trace) -> Refused | None:
    method = asking.parameters.get("code_challenge_method")
    challenge = asking.parameters.get("code_challenge")
    if challenge is None and method is None:
        trace.checks.skip("AZ-8", "AZ-9")
        return None
    if not trace.checks.require(
        "AZ-8", method == "S256", got=method or "no method", expected="S256"
    ):
        return _at_app("AZ-8", "invalid_request", "code_challenge_method is not S256")
    if not trace.checks.require("AZ-9", challenge is not None, got=challenge or ""):
        return _at_app("AZ-9", "invalid_request", "code_challenge is missing")
    return None


def _scopes_enabled(asking: Asking, core: Core, trace: Trace) -> Refused | None:
    wanted = scopes.requested(asking.parameters.get("scope"))
    allowed = scopes.enabled(asking.client, core.store)
    strange = tuple(scope for scope in wanted if scope not in allowed)
    if trace.checks.require(
        "AZ-10",
        not strange,
        got=" ".join(wanted) or "none named, so all of the client's",
        expected=" ".join(allowed),
        because=f"not enabled: {' '.join(strange)}" if strange else "",
    ):
        return None
    return _at_app("AZ-10", "invalid_request", f"not enabled: {' '.join(strange)}", "invalid_scope")


def _resource(asking: Asking, core: Core, trace: Trace) -> Refused | None:
    resource = asking.parameters.get("resource")
    if resource is None:
        trace.checks.skip("AZ-11")
        return None
    if trace.checks.require(
        "AZ-11",
        _permitted_resource(resource),
        got=resource,
        expected="https, http on localhost, or a scheme of your own",
    ):
        return None
    return _at_app("AZ-11", "invalid_request", "resource is not a permitted URL", "invalid_scope")


_REQUEST_CHECKS: tuple[Callable[[Asking, Core, Trace], Refused | None], ...] = (
    _response_type,  # AZ-5, AZ-6
    _flow_allowed,  # AZ-7
    _challenge,  # AZ-8, AZ-9
    _scopes_enabled,  # AZ-10
    _resource,  # AZ-11
)


def _permitted_resource(resource: str) -> bool:
    try:
        url = urlsplit(resource)
    except ValueError:
        return False
    if url.fragment or not url.scheme:
        return False
    if url.scheme == "http":
        return url.hostname == "localhost"
    return url.scheme != "https" or bool(url.hostname)


def _missing(rule: str, name: str) -> Refused:
    text = f"Required String parameter '{name}' is not present"
    return _at_error_page(rule, text, f"{name} is missing")


def _at_error_page(rule: str, error: str, because: str) -> Refused:
    return Refused(error, rule, because, Delivery.ERROR_PAGE)


def _at_app(rule: str, error: str, because: str, description: str | None = None) -> Refused:
    return Refused(error, rule, because, Delivery.CLIENT, description)


def _sent(name: str, value: str | None) -> str:
    return f"{name}={value}" if value is not None else f"no {name}"


def _described(client: UserPoolClient | None, client_id: str | None) -> str:
    if client is None:
        return client_id or ""
    return f"{client.client_name}, {'confidential' if client.confidential else 'public'}"
