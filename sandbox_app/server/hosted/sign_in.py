"""/oauth2/authorize, /login, /logout and /error: what browsers visit."""

from sandbox_app.domain.records.grants import LoginAttempt
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.authorize import AuthorizeRequest, begin_authorize
from sandbox_app.flows.login import LoginForm, attempt_key, show_login, submit_login
from sandbox_app.flows.logout import answer_logout
from sandbox_app.flows.outcomes import FormShown, LoginNeeded, SentBack, SignedOut, Stopped
from sandbox_app.flows.parameters import Parameters
from sandbox_app.server import cookies
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, with_cookies
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.sign_in_as import continued_login

_CODES_WITHOUT_WORDS = {"redirect_mismatch", "invalid_request", "invalid_scope", "server_error"}


async def authorize(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET /oauth2/authorize."""
    asked = _asked(incoming)
    csrf = _csrf(incoming)
    if asked.cookie is not None:
        client_id = asked.parameters.get("client_id") or ""
        trace.login_id = continued_login(site.core, csrf, client_id) or trace.login_id
    outcome = await begin_authorize(asked, site.core, trace)
    if isinstance(outcome, LoginNeeded):
        _remember(asked.parameters, csrf, site, trace)
    return _to_browser(outcome, csrf, incoming, site, trace)


async def login(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET and POST /login."""
    asked = _asked(incoming)
    if incoming.method == "GET":
        csrf = _csrf(incoming)
        _continue_login(asked.parameters, csrf, site, trace)
        shown = await show_login(asked, csrf, site.core, trace)
        return _to_browser(shown, csrf, incoming, site, trace)
    fields = incoming.form()
    csrf = fields.get("_csrf") or _csrf(incoming)
    _continue_login(asked.parameters, csrf, site, trace)
    form = LoginForm(asked, fields, cookies.csrf_partners(incoming.cookies))
    outcome = await submit_login(form, site.core, trace)
    if isinstance(outcome, SentBack) and outcome.session_cookie is not None:
        csrf = new_uuid()  # replaced at sign-in (contract LG-3)
    elif csrf not in form.partners:
        csrf = _csrf(incoming)
    return _to_browser(outcome, csrf, incoming, site, trace)


async def logout(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET /logout."""
    outcome = answer_logout(_asked(incoming), site.core, trace)
    return _to_browser(outcome, _csrf(incoming), incoming, site, trace)


async def error(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET /error: where a browser ends when the app cannot be told."""
    parameters = incoming.query_parameters()
    _continue_login(parameters, _csrf(incoming), site, trace)
    client = site.core.store.clients.get(parameters.get("client_id") or "")
    if client is not None:
        trace.concerns(client)
    code = parameters.get("error")
    words = parameters.get("error_description")
    message = words or (None if code in _CODES_WITHOUT_WORDS else code)
    return site.renderer.error_page(message)


def _asked(incoming: Incoming) -> AuthorizeRequest:
    return AuthorizeRequest(
        parameters=incoming.query_parameters(),
        origin=incoming.origin,
        cookie=incoming.cookies.get(cookies.SESSION) or None,
        pool_id=incoming.pool_id,
    )


def _csrf(incoming: Incoming) -> str:
    return cookies.csrf_of(incoming.cookies) or new_uuid()


def _continue_login(parameters: Parameters, csrf: str, site: Site, trace: Trace) -> None:
    attempt = site.core.store.attempts.find(attempt_key(csrf, parameters))
    if attempt is not None:
        trace.login_id = attempt.login_id


def _remember(parameters: Parameters, csrf: str, site: Site, trace: Trace) -> None:
    """Let the next page of this tab be counted to the same login."""
    key = attempt_key(csrf, parameters)
    now = site.core.timestamp()
    site.core.store.attempts.put(LoginAttempt(key=key, login_id=trace.login_id, shown_at=now))


def _to_browser(
    outcome: LoginNeeded | SentBack | FormShown | Stopped | SignedOut | Refused,
    csrf: str,
    incoming: Incoming,
    site: Site,
    trace: Trace,
) -> Reply:
    reply = _rendered(outcome, incoming, site)
    if isinstance(outcome, Refused) and outcome.delivery is Delivery.ERROR_PAGE:
        _, _, query = dict(reply.headers)["Location"].partition("?")
        _remember(Parameters.parse(query), csrf, site, trace)
    return with_cookies(reply, cookies.set_csrf(csrf, secure=incoming.secure))


def _rendered(
    outcome: LoginNeeded | SentBack | FormShown | Stopped | SignedOut | Refused,
    incoming: Incoming,
    site: Site,
) -> Reply:
    match outcome:
        case LoginNeeded():
            return site.renderer.login_needed(outcome, incoming)
        case SentBack():
            return site.renderer.sent_back(outcome, incoming, site.core.clock.true_now)
        case FormShown():
            return site.renderer.form(outcome)
        case Stopped():
            return site.renderer.stopped(outcome)
        case SignedOut():
            return site.renderer.signed_out(outcome, incoming)
        case Refused():
            return site.renderer.refusal(outcome, incoming)
