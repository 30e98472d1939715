"""Refusals of /logout (LO-…); the others are those of authorize."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.causes.fixes import add_sign_out, possible
from sandbox_app.workbench.live.causes.similar import misspelt
from sandbox_app.workbench.live.causes.urls import cause_of

_OIDC = "post_logout_redirect_uri"


def mismatch(case: Case) -> Found:
    """LO-2."""
    client, sent = case.client, case.check.got
    if client is None:
        return Found()
    name = client.client_name
    if sent in client.logout_urls:
        return Found(settled=f"{name} has this sign-out URL now.")
    causes = []
    if sent in client.callback_urls:
        causes.append(
            Cause(
                f"It is a callback URL of {name}; sign-out URLs are another list.",
                "Add it there, or send redirect_uri and response_type to go on to the form.",
            )
        )
    near = next(
        (cause for url in client.logout_urls if (cause := cause_of(sent, url)) is not None), None
    )
    if near is not None:
        causes.append(near)
    if not client.logout_urls:
        causes.append(Cause(f"{name} has no sign-out URL at all."))
    why_not = why_not_a_callback(sent)
    if why_not:
        causes.append(Cause(f"This URL cannot be registered at all: it {why_not}."))
    return Found(tuple(causes), possible(case.core, add_sign_out(client, sent)))


def nowhere(case: Case) -> Found:
    """LO-3."""
    place = places.of_client(case, "LogoutURLs")
    if _OIDC in case.sent:
        cause = Cause(
            f"The app speaks OpenID Connect: {_OIDC} means nothing here.",
            "Send client_id and logout_uri instead.",
        )
        return Found((cause,), place=place)
    other = misspelt("logout_uri", case.sent)
    if other and other != "client_id":
        words = f"{other} was sent in its place."
        return Found((Cause(words, "The name is logout_uri, letter by letter."),), place=place)
    words = "The request does not say where to go afterwards."
    return Found(
        (Cause(words, "Send logout_uri, one of the client's sign-out URLs."),), place=place
    )


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType({"LO-2": mismatch, "LO-3": nowhere})
