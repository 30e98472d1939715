"""Refusals of /logout (LO-…); the others are those of authorize."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.authorize import missing
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.causes.fixes import add_sign_out, possible
from sandbox_app.workbench.live.causes.similar import misspelt
from sandbox_app.workbench.live.causes.urls import causes_of, lacks_scheme
from sandbox_app.workbench.live.differences import nearest

_OIDC_NAMES = ("post_logout_redirect_uri", "id_token_hint")


def mismatch(case: Case) -> Found:
    """LO-2."""
    client, sent = case.client, case.check.got
    if client is None:
        return Found()
    name = client.client_name
    if sent in client.logout_urls:
        return Found(settled=f"{name} has this sign-out URL now.")
    elsewhere = tuple(_registered_elsewhere(client, sent, case))
    causes = [*elsewhere, *(() if elsewhere else _near(client, sent))]
    if not client.logout_urls:
        causes.append(Cause(f"{name} has no sign-out URL at all."))
    if lacks_scheme(sent):
        return Found(tuple(causes))
    why_not = why_not_a_callback(sent)
    if why_not:
        causes.append(Cause(f"This URL cannot be registered at all: it {why_not}."))
    return Found(tuple(causes), possible(case.core, add_sign_out(client, sent)))


def _registered_elsewhere(client: UserPoolClient, sent: str, case: Case) -> Iterator[Cause]:
    name = client.client_name
    if sent in client.callback_urls:
        yield Cause(
            f"It is a callback URL of {name}; sign-out URLs are another list.",
            "Add it there, or send redirect_uri and response_type to go on to the form.",
        )
    others = case.core.store.clients.of_pool(client.user_pool_id)
    owner = next((one for one in others if sent in one.logout_urls), None)
    if owner is not None:
        yield Cause(
            f"It is a sign-out URL of {owner.client_name}, and {name} asked.",
            "The app may use the client id of another environment.",
        )


def _near(client: UserPoolClient, sent: str) -> tuple[Cause, ...]:
    meant = nearest(sent, client.logout_urls)
    return () if meant is None else causes_of(sent, meant)


def speaks_oidc(case: Case) -> Cause | None:
    """Whether the app signs out as OpenID Connect has it (LO-6)."""
    names = [name for name in _OIDC_NAMES if name in case.sent]
    if case.exchange.step != "logout" or not names:
        return None
    means = "means" if len(names) == 1 else "mean"
    return Cause(
        f"The app speaks OpenID Connect: {' and '.join(names)} {means} nothing here.",
        "Send client_id and logout_uri instead.",
    )


def unnamed(case: Case) -> Found:
    """AZ-1, which /logout checks as authorize does."""
    oidc = speaks_oidc(case)
    return missing("client_id")(case) if oidc is None else Found((oidc,))


def nowhere(case: Case) -> Found:
    """LO-3."""
    place = places.of_client(case, "LogoutURLs")
    oidc = speaks_oidc(case)
    if oidc is not None:
        return Found((oidc,), place=place)
    other = misspelt("logout_uri", case.sent)
    if other and other != "client_id":
        words = f"{other} was sent in its place."
        return Found((Cause(words, "The name is logout_uri, letter by letter."),), place=place)
    words = "The request does not say where to go afterwards."
    return Found(
        (Cause(words, "Send logout_uri, one of the client's sign-out URLs."),), place=place
    )


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {"AZ-1": unnamed, "LO-2": mismatch, "LO-3": nowhere}
)
