"""GET /oauth2/authorize: never a page, always a redirect (contract oidc 4)."""

from dataclasses import dataclass

from sandbox_app.domain.events import SignedIn
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import delivery, joining, sessions
from sandbox_app.flows.authorize_checks import (
    Accepted,
    Asking,
    accept,
    identify,
    plan_request,
    provider_is_enabled,
)
from sandbox_app.flows.ignored_parameters import AUTHORIZE, note_ignored
from sandbox_app.flows.outcomes import LoginNeeded, SentBack
from sandbox_app.flows.parameters import Parameters
from sandbox_app.operations.core import Core


@dataclass(frozen=True, slots=True)
class AuthorizeRequest:
    """One visit to /oauth2/authorize or /login.

    Args:
        pool_id: the pool the host name stands for, `None` on the shared host.
        cookie: the browser's `cognito` cookie, if it sent one.
        origin: scheme, host and port of the request.
    """

    parameters: Parameters
    origin: str
    cookie: str | None = None
    pool_id: str | None = None


async def begin_authorize(
    asked: AuthorizeRequest, core: Core, trace: Trace
) -> LoginNeeded | SentBack | Refused:
    """Decide where a browser goes that an app has sent to sign in."""
    plan_request(trace)
    asking = identify(asked.parameters, core, trace, pool_id=asked.pool_id)
    if isinstance(asking, Refused):
        return trace.refused(asking)
    note_passed_over(asking, trace)
    accepted = accept(asking, core, trace)
    if isinstance(accepted, Refused):
        return delivery.turn_back(asking, trace.refused(accepted))
    if not provider_is_enabled(asking, trace):
        return LoginNeeded(asked.parameters.encoded())
    silent = await silently(asked, accepted, core, trace)
    return silent or LoginNeeded(asked.parameters.encoded())


async def silently(
    asked: AuthorizeRequest, accepted: Accepted, core: Core, trace: Trace
) -> SentBack | None:
    """AZ-21: sign in without a page where the browser has a session with this pool."""
    pool = accepted.asking.pool
    found = sessions.current(asked.cookie, pool.id, core, trace)
    if found is None:
        return None
    session, user = found
    trace.checks.note("AZ-21", "the session signs the user in without a page")
    back = await delivery.send_back(
        accepted, user, int(session.started_at), asked.origin, core, trace
    )
    client_id = accepted.asking.client.client_id
    joining.signed_in(asked.cookie or "", client_id, core, trace)
    core.bus.publish(SignedIn(trace.login_id, pool.id, client_id, user.username, silent=True))
    return back


def note_passed_over(asking: Asking, trace: Trace) -> None:
    """Say what the classic pages pass over without a word (contract README, prompt)."""
    note_ignored("OI-4.1", AUTHORIZE, asking.parameters, trace)
    prompt = asking.parameters.get("prompt")
    if prompt is not None:
        trace.checks.note(
            "AZ-13",
            "the classic sign-in pages ignore prompt; managed login would obey it",
            got=prompt,
        )
