"""GET /_sandbox/sign-in: the door that the window opens to be somebody without a password."""

from dataclasses import replace

from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import joining
from sandbox_app.server import cookies
from sandbox_app.server.edge.local import why_not_local
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, with_cookies
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.sign_in_as import Entry, enter

_HEADING = "Nobody was signed in"
_CURES = {
    "US-S1": "Such a link works in a browser on the machine where the sandbox runs, and nowhere "
    "else.",
    "US-S2": "Each link works once, within a minute. Choose “Sign in as…” in the window again.",
    "US-S3": "Change the client in the window, then choose “Sign in as…” again.",
}
_CURE = "The sign-in page would refuse this user as well. Change the user in the window first."


async def sign_in_as(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """Spend the ticket and send the browser on, or say in one page why not."""
    # The ticket stands in this very address, which nobody further on is to learn.
    quiet = (("Referrer-Policy", "no-referrer"),)
    reply = _answered(incoming, site, trace)
    return replace(reply, headers=(*reply.headers, *quiet))


def _answered(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    stranger = why_not_local(incoming.peer, incoming.headers)
    if not trace.checks.require("US-S1", not stranger, because=stranger):
        refused = Refused("sign_in_failed", "US-S1", stranger, Delivery.PAGE, status=403)
        return _page(trace.refused(refused), site)
    csrf = new_uuid()  # replaced as at every sign-in (contract LG-3)
    entry = Entry(
        ticket=incoming.query_parameters().get("ticket") or "",
        cookie=incoming.cookies.get(cookies.SESSION) or None,
        csrf=csrf,
        origin=incoming.origin,
    )
    outcome = enter(entry, site.core, trace)
    if isinstance(outcome, Refused):
        return _page(outcome, site)
    joining.renew(cookies.csrf_of(incoming.cookies), csrf, site.core)
    reply = site.renderer.sent_back(outcome, incoming, site.core.clock.true_now)
    return with_cookies(reply, cookies.set_csrf(csrf, secure=incoming.secure))


def _page(refused: Refused, site: Site) -> Reply:
    because, cure = refused.because.rstrip("."), _CURES.get(refused.rule)
    if cure is not None:
        # The other reasons begin with a user's name, which is written as it is.
        because = because[:1].upper() + because[1:]
    return site.renderer.own_page(_HEADING, (f"{because}.", cure or _CURE), refused.status)
