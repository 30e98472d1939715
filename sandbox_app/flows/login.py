"""GET and POST /login: the classic sign-in page (contract oidc 5, hosted-ui 1.3 and 4.1)."""

import hmac
import uuid
from dataclasses import dataclass, replace

from sandbox_app.domain.events import SignedIn, SignInFailed
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import LoginAttempt
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules.hosted_pages import SIGN_IN_CHECKS
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import delivery, joining, sessions
from sandbox_app.flows.authorize import AuthorizeRequest, note_passed_over, silently
from sandbox_app.flows.authorize_checks import (
    Accepted,
    accept,
    identify,
    plan_request,
    provider_is_enabled,
)
from sandbox_app.flows.near_misses.clocks import bent_words
from sandbox_app.flows.outcomes import FormShown, SentBack, Stopped
from sandbox_app.flows.parameters import Parameters
from sandbox_app.flows.password_check import PasswordRefused, check_password
from sandbox_app.operations.core import Core

FORM_LIFETIME = 300
"""Seconds a rendered sign-in form can be submitted (contract hosted-ui G8)."""

_PLACEHOLDERS = {"email": "name@host.com", "phone_number": "Phone number"}


@dataclass(frozen=True, slots=True)
class LoginForm:
    """A submitted sign-in form.

    `partners` are the values of the cookies that `_csrf` may equal (contract LG-2 and the
    deviation "cookies").
    """

    asked: AuthorizeRequest
    fields: Parameters
    partners: tuple[str, ...]


async def show_login(
    asked: AuthorizeRequest, csrf: str | None, core: Core, trace: Trace
) -> FormShown | SentBack | Refused:
    """Render the form, or go straight back where a session makes it needless.

    Args:
        csrf: the token the browser already has; it is kept until sign-in, so two tabs work.
    """
    accepted = await _accepted(asked, core, trace)
    if not isinstance(accepted, Accepted):
        return accepted
    asking = accepted.asking
    if not provider_is_enabled(asking, trace):
        trace.refused(Refused("login_option", "AZ-12", "the provider is not enabled"))
        return _form(asked, csrf or _new_csrf(), core, trace, asking.pool, option_missing=True)
    if not trace.checks.require(
        "HU-5-6",
        _has_form(asking.client),
        got=", ".join(asking.client.supported_identity_providers or ()),
        expected="COGNITO, or a provider that the sandbox knows",
    ):
        return trace.refused(_nothing_to_sign_in_with())
    silent = await silently(asked, accepted, core, trace)
    if silent is not None:
        return silent
    hint = asking.parameters.get("login_hint") or ""
    return _form(asked, csrf or _new_csrf(), core, trace, asking.pool, username=hint)


async def submit_login(
    form: LoginForm, core: Core, trace: Trace
) -> FormShown | SentBack | Stopped | Refused:
    """Check the password and sign the user in, or show the form again with what is wrong."""
    asked = form.asked
    asking = identify(asked.parameters, core, trace, pool_id=asked.pool_id)
    if isinstance(asking, Refused):
        return trace.refused(asking)
    plan_request(trace)
    trace.checks.plan(*SIGN_IN_CHECKS)
    csrf = form.fields.get("_csrf") or ""
    if not _csrf_holds(csrf, form.partners, trace):
        return trace.refused(
            Refused(
                "Invalid CSRF token", "LG-2", "_csrf is not the cookie's", Delivery.PAGE, status=403
            )
        )
    accepted = accept(asking, core, trace)
    if isinstance(accepted, Refused):
        return delivery.turn_back(asking, trace.refused(accepted))
    if not _form_is_fresh(asked, csrf, core, trace):
        trace.refused(Refused("expired_form", "HU-G8", "the form was older than five minutes"))
        return _form(asked, csrf, core, trace, asking.pool, message="Something went wrong")
    return await _sign_in(form, accepted, csrf, core, trace)


async def _sign_in(
    form: LoginForm, accepted: Accepted, csrf: str, core: Core, trace: Trace
) -> FormShown | SentBack | Stopped:
    asked, asking = form.asked, accepted.asking
    typed = (form.fields.get("username") or "").strip()
    password = form.fields.get("password") or ""
    user = await check_password(asking.pool, asking.client, typed, password, core, trace)
    if isinstance(user, PasswordRefused):
        trace.refused(Refused("sign_in_failed", user.rule, user.because))
        core.bus.publish(
            SignInFailed(trace.login_id, asking.pool.id, asking.client.client_id, user.rule)
        )
        if user.stopped is not None:
            return Stopped(user.stopped, typed, asked.parameters.encoded())
        return _form(asked, csrf, core, trace, asking.pool, username=typed, message=user.message)
    cookie = sessions.begin(asked.cookie, user, trace.login_id, core)
    core.store.attempts.remove(joining.form_key(csrf, asked.parameters))
    joining.signed_in(cookie, asking.client.client_id, core, trace)
    back = await delivery.send_back(accepted, user, core.epoch(), asked.origin, core, trace)
    core.bus.publish(
        SignedIn(
            trace.login_id, asking.pool.id, asking.client.client_id, user.username, silent=False
        )
    )
    return replace(back, session_cookie=cookie)


async def _accepted(
    asked: AuthorizeRequest, core: Core, trace: Trace
) -> Accepted | SentBack | Refused:
    plan_request(trace)
    asking = identify(asked.parameters, core, trace, pool_id=asked.pool_id)
    if isinstance(asking, Refused):
        return trace.refused(asking)
    note_passed_over(asking, trace)
    accepted = accept(asking, core, trace)
    if isinstance(accepted, Refused):
        return delivery.turn_back(asking, trace.refused(accepted))
    return accepted


def _form(
    asked: AuthorizeRequest,
    csrf: str,
    core: Core,
    trace: Trace,
    pool: UserPool,
    *,
    username: str = "",
    message: str = "",
    option_missing: bool = False,
) -> FormShown:
    key = joining.form_key(csrf, asked.parameters)
    core.store.attempts.put(
        LoginAttempt(key=key, login_id=trace.login_id, shown_at=core.timestamp())
    )
    return FormShown(
        query=asked.parameters.encoded(),
        csrf=csrf,
        username=username,
        message="Login option is not available. Please try another one"
        if option_missing
        else message,
        placeholder=_placeholder(pool),
        status=401 if option_missing else 200,
    )


def _csrf_holds(csrf: str, partners: tuple[str, ...], trace: Trace) -> bool:
    holds = bool(csrf) and any(
        hmac.compare_digest(csrf.encode(), partner.encode()) for partner in partners
    )
    if holds:
        got = "the same value in form and cookie"
    elif not partners:
        got = "no XSRF-TOKEN cookie"
    else:
        got = "another value in the form" if csrf else "no _csrf in the form"
    return trace.checks.require("LG-2", holds, got=got)


def _form_is_fresh(asked: AuthorizeRequest, csrf: str, core: Core, trace: Trace) -> bool:
    age = joining.form_age(asked.parameters, csrf, core)
    return trace.checks.require(
        "HU-G8",
        age is not None and age <= FORM_LIFETIME,
        got="no form was shown for this query" if age is None else f"{int(age)} s old",
        expected=f"at most {FORM_LIFETIME} s",
        because=f"the form is too old{bent_words(core)}"
        if age is not None and age > FORM_LIFETIME
        else "",
    )


def _has_form(client: UserPoolClient) -> bool:
    return "COGNITO" in (client.supported_identity_providers or ("COGNITO",))


def _nothing_to_sign_in_with() -> Refused:
    return Refused("invalid_request", "HU-5-6", "no provider is enabled", Delivery.ERROR_PAGE)


def _placeholder(pool: UserPool) -> str:
    if len(pool.username_attributes) == 1:
        return _PLACEHOLDERS[pool.username_attributes[0]]
    return "Username"


def _new_csrf() -> str:
    return str(uuid.uuid4())
