"""Refusals of refresh tokens, machines, userInfo and revoke (TR-…, TM-…, UI-…, RV-…)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.authorize import why_missing
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Fix, Found
from sandbox_app.workbench.live.causes.fixes import (
    ANEW,
    enable_flow,
    enable_revocation,
    enable_scopes,
    enable_user,
    possible,
)
from sandbox_app.workbench.live.causes.scopes import not_enabled
from sandbox_app.workbench.live.words import local_clock


def dead_refresh(case: Case) -> Found:
    """TR-1."""
    because, client = case.check.because, case.client
    rotation = places.of_client(case, "RefreshTokenRotation")
    if "belongs to client" in because:
        return Found(tuple(_of_other_client(case)))
    if "revoked" in because:
        return Found(tuple(_revoked(case)), _fix_disabled(case))
    if "rotation" in because:
        causes = (
            Cause(
                "Each refresh brings a new refresh token, and the app kept the old one.",
                "Store the new one before using it; a grace period forgives retries.",
                _last(case, "token", "refresh_token"),
            ),
        )
        return Found(causes, place=rotation)
    if "expired" in because and client is not None:
        words = f"Refresh tokens of {client.client_name} live {_days(client)}."
        return Found((Cause(words, "Sign in anew; a longer life counts for new ones only."),))
    if "cut off" in because:
        advice = "Cookies hold 4 KB, and some columns 255 or 1,024 characters: keep it elsewhere."
        return Found((Cause("A refresh token has well over 1,000 characters.", advice),))
    if "signed out" in because:
        return Found((Cause("Somebody signed the user out everywhere since.", "Sign in anew."),))
    if "disabled" in because:
        return Found((), _fix_disabled(case), places.of_user(case, "Enabled"))
    return Found()


def _of_other_client(case: Case) -> Iterator[Cause]:
    owner = case.core.store.clients.get(case.check.because.rpartition(" ")[2])
    if owner is None:
        return
    yield Cause(
        f"{owner.client_name} got the refresh token, and {case.exchange.client_name} came with it.",
        "Only the client that got it may use it.",
    )


def _revoked(case: Case) -> Iterator[Cause]:
    by = next(
        (one for one in reversed(case.earlier) if one.step == "revoke" and not one.rule), None
    )
    if by is not None:
        yield Cause(
            f"The app revoked it at {local_clock(by.started_at)}.",
            "Signing in anew brings another one.",
            by.id,
        )
        return
    user = case.user
    if user is not None and not user.enabled:
        yield Cause(f"{user.username} was disabled, which ends all refresh tokens.")
    else:
        yield Cause("It was revoked in the window, by a script, or by a sign-out everywhere.")


def _fix_disabled(case: Case) -> tuple[Fix, ...]:
    user = case.user
    if user is None or user.enabled:
        return ()
    return possible(case.core, enable_user(user, then=ANEW))


def refresh_flow_off(case: Case) -> Found:
    """TR-2."""
    client = case.client
    if client is None:
        return Found()
    name = client.client_name
    if client.may_use("code"):
        return Found(settled=f"{name} may use the code flow now.")
    words = f"The code flow was switched off on {name} since the session began."
    return Found((Cause(words),), possible(case.core, enable_flow(client, "code")))


def machine_flow_off(case: Case) -> Found:
    """TM-1."""
    client = case.client
    if client is None:
        return Found()
    name = client.client_name
    if client.may_use("client_credentials"):
        return Found(settled=f"{name} may use client_credentials now.")
    if client.allowed_oauth_flows:
        flows = " and ".join(client.allowed_oauth_flows)
        return Found(
            (
                Cause(
                    f"{name} signs users in ({flows}); client_credentials goes with no other flow.",
                    "Make a client of its own for the machine, with a secret.",
                ),
            )
        )
    if not client.confidential:
        return Found((Cause(f"{name} has no secret, and a machine needs one."),))
    cause = Cause(f"No flow is ticked on {name}.")
    return Found((cause,), possible(case.core, enable_flow(client, "client_credentials")))


def no_bearer(case: Case) -> Found:
    """UI-1."""
    header = case.header("authorization")
    scheme, _, rest = header.partition(" ")
    if "access_token" in case.sent:
        words = "The token came as a parameter."
    elif header and not rest:
        words = "The header holds a token without the word Bearer."
    elif scheme.lower() == "basic":
        words = "The header proves a client; userInfo wants to know the user."
    elif scheme.lower() == "bearer":
        words = "What follows Bearer is empty, or more than one word: the app had no token yet."
    elif header:
        words = f"The scheme is {scheme[:20]}."
    else:
        words = "No Authorization header came; a proxy or a redirect to another host drops it."
    return Found((Cause(words, "Send Authorization: Bearer and the access token."),))


def dead_access(case: Case) -> Found:
    """UI-2."""
    because = case.check.because
    if "expired" in because:
        advice = "Refresh it, or let access tokens of the client live longer."
        place = places.of_client(case, "AccessTokenValidity")
        return Found((Cause("Access tokens are short-lived by design.", advice),), place=place)
    if "disabled" in because:
        return Found((), _fix_disabled(case), places.of_user(case, "Enabled"))
    if "revoked" in because:
        return Found(tuple(_revoked(case)), _fix_disabled(case))
    if "signature" in because:
        advice = "It may come from before this workspace, from another machine, or be altered."
        return Found((Cause("No key of this pool signed the token.", advice),))
    if "real service" in because:
        return Found((Cause("The app mixes the real pool and this one.", "Sign in here."),))
    return Found()


def no_openid(case: Case) -> Found:
    """UI-3."""
    client, got = case.client, case.check.got
    if got.startswith("id token"):
        advice = "Send the access token of the same answer; the ID token is for the app itself."
        return Found((Cause("The ID token was sent.", advice),))
    if client is not None and "openid" not in client.allowed_oauth_scopes:
        fixes = possible(case.core, enable_scopes(client, ["openid"], then=ANEW))
        return Found((Cause(f"openid is not enabled on {client.client_name}."),), fixes)
    return Found((Cause("The app did not ask for openid.", "Add it to scope and sign in anew."),))


def not_revocable(case: Case) -> Found:
    """RV-2."""
    client = case.client
    if "no token" in case.check.because:
        return Found(tuple(why_missing("token", case)))
    if client is None:
        return Found()
    if client.enable_token_revocation:
        return Found(settled=f"Tokens of {client.client_name} can be revoked now.")
    return Found((), possible(case.core, enable_revocation(client)))


def not_refresh(case: Case) -> Found:
    """RV-3."""
    cause = Cause(
        "An access or ID token was sent; only refresh tokens can be revoked.",
        "Revoking the refresh token ends the others for the pool's own endpoints.",
    )
    return Found((cause,))


def _last(case: Case, step: str, grant: str) -> str:
    found: Iterator[Exchange] = (
        one
        for one in reversed(case.earlier)
        if one.step == step and one.grant == grant and not one.rule
    )
    return next((one.id for one in found), "")


def _days(client: UserPoolClient) -> str:
    hours = client.refresh_token_lifetime.total_seconds() / 3600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "TR-1": dead_refresh,
        "TR-2": refresh_flow_off,
        "TM-1": machine_flow_off,
        "TM-2": not_enabled,
        "UI-1": no_bearer,
        "UI-2": dead_access,
        "UI-3": no_openid,
        "RV-2": not_revocable,
        "RV-3": not_refresh,
    }
)
