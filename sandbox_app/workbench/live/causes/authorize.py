"""Refusals of /oauth2/authorize, and of the pages that check the same (AZ-1 … AZ-12)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.clients import unknown_client
from sandbox_app.workbench.live.causes.explanation import Cause, Fix, Found, Place
from sandbox_app.workbench.live.causes.fixes import (
    add_callback,
    create_domain,
    enable_flow,
    enable_provider,
    possible,
)
from sandbox_app.workbench.live.causes.scopes import not_enabled
from sandbox_app.workbench.live.causes.similar import closest, misspelt
from sandbox_app.workbench.live.causes.urls import causes_of, lacks_scheme, literal_wildcards
from sandbox_app.workbench.live.differences import nearest

_FLOW_OF = {"code": "code", "token": "implicit"}
_RESPONSE_TYPES = {
    "id_token": "An ID token comes with code or token whenever openid is among the scopes.",
    "token id_token": "token alone brings the ID token too, if openid is among the scopes.",
    "id_token token": "token alone brings the ID token too, if openid is among the scopes.",
    "code id_token": "There is no hybrid flow: ask for code.",
    "code token": "There is no hybrid flow: ask for code.",
    "code id_token token": "There is no hybrid flow: ask for code.",
    "none": "Ask for code; a session brings it without a page.",
    "authorization_code": "That is a grant_type; the response_type is code.",
    "implicit": "That is the flow's name; its response_type is token.",
}


_USUAL = {
    "client_id": "Send the id of the app client with every request.",
    "redirect_uri": "Send one of the client's callback URLs, letter by letter.",
    "response_type": "Send response_type=code.",
    "grant_type": "Send authorization_code, refresh_token or client_credentials.",
}
"""What belongs into parameters that every request has."""


def _left_out(name: str) -> tuple[Cause, ...]:
    return (Cause(f"{name} was left out.", _USUAL[name]),)


def missing(name: str) -> Callable[[Case], Found]:
    """A parameter is not there: AZ-1, AZ-3, AZ-5, TK-1."""

    def found(case: Case) -> Found:
        return Found(tuple(why_missing(name, case)) or _left_out(name))

    return found


def why_missing(name: str, case: Case) -> Iterator[Cause]:
    """What was sent in its place."""
    other = misspelt(name, case.sent)
    if case.sent.get(name) == "":
        yield Cause(
            f"{name} was sent without a value.", "The setting that should hold it may be empty."
        )
    elif other:
        yield Cause(f"{other} was sent in its place.", f"The name is {name}, letter by letter.")
    elif not case.sent:
        yield Cause("The request had no parameters at all.", "A redirect or proxy may drop them.")


def redirect_uri_missing(case: Case) -> Found:
    """AZ-3."""
    causes = list(why_missing("redirect_uri", case))
    client = case.client
    if client is not None and client.default_redirect_uri:
        causes.append(
            Cause(
                f"{client.client_name} has a default redirect URI, which does not step in here.",
                "Send redirect_uri with every request.",
            )
        )
    return Found(
        tuple(causes) or _left_out("redirect_uri"), place=places.of_client(case, "CallbackURLs")
    )


def redirect_mismatch(case: Case) -> Found:
    """AZ-4, in authorize, on the pages and in /logout."""
    client, sent = case.client, case.check.got
    if client is None:
        return Found()
    if sent in client.callback_urls:
        return Found(settled=f"{client.client_name} has this callback URL now.")
    elsewhere = tuple(_registered_elsewhere(client, sent, case))
    causes = [*elsewhere, *_none_at_all(client), *(() if elsewhere else _near(client, sent))]
    if lacks_scheme(sent):
        # It may be registered, as a scheme of its own; nobody means that.
        return Found(tuple(causes))
    why_not = why_not_a_callback(sent)
    if why_not:
        causes.append(Cause(f"This URL cannot be registered at all: it {why_not}."))
    return Found(tuple(causes), possible(case.core, add_callback(client, sent)))


def _registered_elsewhere(client: UserPoolClient, sent: str, case: Case) -> Iterator[Cause]:
    if sent in client.logout_urls:
        yield Cause("It is registered, but as a sign-out URL.", "Callback URLs are another list.")
    others = case.core.store.clients.of_pool(client.user_pool_id)
    owner = next((one for one in others if sent in one.callback_urls), None)
    if owner is not None:
        yield Cause(
            f"It is a callback URL of {owner.client_name}, and {client.client_name} asked.",
            "The app may use the client id of another environment.",
        )


def _none_at_all(client: UserPoolClient) -> Iterator[Cause]:
    if not client.callback_urls:
        yield Cause(
            f"{client.client_name} has no callback URL at all, as for a machine.",
            "Sign users in through another client, or register this URL.",
        )


def _near(client: UserPoolClient, sent: str) -> Iterator[Cause]:
    meant = nearest(sent, client.callback_urls)
    if meant is not None:
        yield from causes_of(sent, meant)
    pattern = literal_wildcards(client.callback_urls)
    if pattern is not None:
        yield pattern


def response_type(case: Case) -> Found:
    """AZ-6."""
    sent = case.check.got
    if sent.strip().lower() in _FLOW_OF:
        return Found((Cause("Upper and lower case count, and blanks do.", "Send code or token."),))
    words = _RESPONSE_TYPES.get(sent)
    near = closest(sent, _FLOW_OF)
    if words is None and near:
        return Found((Cause(f"Perhaps {near} is meant: it is spelt nearly so."),))
    return Found((Cause("Only code and token are served.", words or "Ask for code with PKCE."),))


def flow_not_allowed(case: Case) -> Found:
    """AZ-7."""
    client, flow = case.client, case.check.got
    if client is None:
        return Found()
    name = client.client_name
    if client.may_use(flow):
        return Found(settled=f"{name} may use the {flow} flow now.")
    if "client_credentials" in client.allowed_oauth_flows:
        return Found(
            (
                Cause(
                    f"{name} is a machine's client; flows for users cannot be added to it.",
                    "Sign users in through another client.",
                ),
            )
        )
    if not client.allowed_oauth_flows_user_pool_client:
        words = f"OAuth is switched off on {name}, whatever flows are ticked."
    else:
        words = f"The {flow} flow is not ticked on {name}."
    advice = "New apps use code with PKCE instead." if flow == "implicit" else ""
    return Found((Cause(words, advice),), possible(case.core, enable_flow(client, flow)))


def challenge_method(case: Case) -> Found:
    """AZ-8."""
    sent = case.sent.get("code_challenge_method", "")
    if not sent:
        return Found(
            (
                Cause(
                    "Without a method the standard means plain, which is not served.",
                    "Add code_challenge_method=S256.",
                ),
            )
        )
    if sent.lower() == "plain":
        advice = "Send the SHA-256 hash of the verifier as base64url, and S256."
        return Found((Cause("plain is not served.", advice),))
    if sent.strip().upper().replace("-", "") in ("S256", "SHA256"):
        return Found((Cause("The method is written S256, letter by letter."),))
    return Found((Cause("S256 is the only method."),))


def challenge_missing(case: Case) -> Found:
    """AZ-9."""
    causes = list(why_missing("code_challenge", case))
    if case.sent.get("code_verifier"):
        causes = [
            Cause(
                "The verifier was sent in place of its hash.",
                "Send code_challenge now and keep code_verifier for the token request.",
            )
        ]
    advice = "Send its hash as code_challenge, or neither of the two."
    return Found(tuple(causes) or (Cause("A method alone proves nothing.", advice),))


def resource(case: Case) -> Found:
    """AZ-11."""
    sent = case.check.got
    if sent.startswith("http://"):
        return Found((Cause("http is for localhost alone.", "Name the API by its https URL."),))
    if "#" in sent:
        return Found((Cause("A resource has no fragment."),))
    advice = "Name the API by its URL, or by a scheme of your own such as api://orders."
    return Found((Cause("A resource is an absolute URL.", advice),))


def provider(case: Case) -> Found:
    """AZ-12."""
    client, pool, sent = case.client, case.pool, case.check.got
    if client is None or pool is None:
        return Found()
    enabled = client.supported_identity_providers or ("COGNITO",)
    if sent in enabled:
        return Found(settled=f"{sent} is enabled on {client.client_name} now.")
    known = ("COGNITO", *sorted(pool.provider_names))
    if "idp_identifier" in case.sent:
        words = "idp_identifier names a provider by a domain that it was given."
        return Found((Cause(words, "No provider here has one: use identity_provider."),))
    if sent in known:
        fixes = possible(case.core, enable_provider(client, sent))
        return Found((Cause(f"The pool has {sent}, but {client.client_name} does not."),), fixes)
    meant = {name.lower(): name for name in known}.get(sent.lower()) or closest(sent, known)
    if meant:
        return Found((Cause(f"{meant} is meant: names are compared letter by letter."),))
    return Found((Cause(f"The pool has no provider {sent}.", "COGNITO means its own users."),))


def no_domain(case: Case) -> Found:
    """OI-1.1."""
    pool = case.pool
    if pool is None:
        return Found()
    place = Place(pool.id, "policy", pool.id, "UserPoolDomain.Domain")
    domain = case.core.store.domains.of_pool(pool.id)
    if domain is not None:
        return Found(place=place, settled=f"{pool.name} has the domain {domain.domain} now.")
    causes = (
        Cause(
            f"{pool.name} was made without a domain, so it has neither pages nor OAuth endpoints.",
        ),
    )
    return Found(causes, tuple(_domains(case)), place)


def _domains(case: Case) -> Iterator[Fix]:
    """The first prefix that is free and allowed."""
    pool = case.pool
    if pool is None:
        return
    plain = "".join(one if one.isalnum() and one.isascii() else "-" for one in pool.name.lower())
    own = plain.strip("-")[:40].strip("-") or "pool"
    for prefix in (own, f"{own}-{pool.id.rpartition('_')[2].lower()}", "my-sandbox"):
        fixes = possible(case.core, create_domain(pool, prefix))
        if fixes:
            yield fixes[0]
            return


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "AZ-2": unknown_client,
        "AZ-3": redirect_uri_missing,
        "AZ-4": redirect_mismatch,
        "AZ-5": missing("response_type"),
        "AZ-6": response_type,
        "AZ-7": flow_not_allowed,
        "AZ-8": challenge_method,
        "AZ-9": challenge_missing,
        "AZ-10": not_enabled,
        "AZ-11": resource,
        "AZ-12": provider,
        "OI-1.1": no_domain,
    }
)
