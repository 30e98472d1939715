"""/oauth2/authorize, /login, /logout and /error: what browsers visit."""

from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import joining
from sandbox_app.flows.authorize import AuthorizeRequest, begin_authorize
from sandbox_app.flows.login import LoginForm, show_login, submit_login
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
        joining.send_on(asked.parameters, csrf, site.core, trace)
    return _to_browser(outcome, csrf, incoming, site, trace)


async def login(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET and POST /login."""
    asked = _asked(incoming)
    if incoming.method == "GET":
        csrf = _csrf(incoming)
        joining.arrive(asked.parameters, csrf, site.core, trace)
        shown = await show_login(asked, csrf, site.core, trace)
        return _to_browser(shown, csrf, incoming, site, trace)
    fields = incoming.form()
    csrf = fields.get("_csrf") or _csrf(incoming)
    joining.go_on(asked.parameters, csrf, site.core, trace)
    form = LoginForm(asked, fields, cookies.csrf_partners(incoming.cookies))
    outcome = await submit_login(form, site.core, trace)
    if isinstance(outcome, SentBack) and outcome.session_cookie is not None:
        before, csrf = csrf, new_uuid()  # replaced at sign-in (contract LG-3)
        joining.renew(before, csrf, site.core)
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
    joining.arrive(parameters, _csrf(incoming), site.core, trace)
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
        joining.send_on(Parameters.parse(query), csrf, site.core, trace)
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
