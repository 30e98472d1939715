"""Refusals of /oauth2/token that all grants share, and of client authentication (TK-…)."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from sandbox_app.workbench.live.causes import places
from sandbox_app.workbench.live.causes.authorize import missing, why_missing
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.clients import unknown_client
from sandbox_app.workbench.live.causes.explanation import Cause, Found
from sandbox_app.workbench.live.causes.similar import closest

_GRANTS = ("authorization_code", "refresh_token", "client_credentials")
_OTHER_GRANTS = {
    "password": "Passwords are taken by the pages, or by InitiateAuth of the JSON API.",
    "implicit": "The implicit flow ends at authorize; there is nothing to trade.",
    "code": "It is written authorization_code.",
    "refresh": "It is written refresh_token.",
    "client_credential": "It is written client_credentials.",
    "urn:ietf:params:oauth:grant-type:device_code": "There is no device flow.",
    "urn:ietf:params:oauth:grant-type:token-exchange": "Tokens are not exchanged here.",
    "urn:ietf:params:oauth:grant-type:jwt-bearer": "Assertions of others buy no token here.",
    "urn:ietf:params:oauth:grant-type:saml2-bearer": "Assertions of others buy no token here.",
}
_NEEDED = ("code", "redirect_uri", "refresh_token")


def grant_type(case: Case) -> Found:
    """TK-2."""
    sent = case.check.got
    if sent in _OTHER_GRANTS:
        return Found((Cause(f"{sent} is no grant of this service.", _OTHER_GRANTS[sent]),))
    plain = sent.strip().lower().replace("-", "_").replace(" ", "_")
    meant = plain if plain in _GRANTS else closest(sent, _GRANTS)
    if meant:
        return Found((Cause(f"{meant} is meant: names are compared letter by letter."),))
    return Found((Cause(f"There are three grants: {', '.join(_GRANTS)}."),))


def unnamed(case: Case) -> Found:
    """TK-3: no client id, or a Basic header that nobody can read."""
    causes = list(_headers(case)) or list(why_missing("client_id", case))
    if "client_assertion" in case.sent:
        causes.insert(
            0,
            Cause(
                "private_key_jwt is not served.",
                "Send client_id, and client_secret where the client has one.",
            ),
        )
    usual = Cause("Neither the body nor a Basic header names a client.", "Send client_id.")
    return Found(tuple(causes) or (usual,))


def _headers(case: Case) -> Iterator[Cause]:
    scheme = case.header("authorization").partition(" ")[0].lower()
    if scheme == "bearer":
        yield Cause(
            "The Authorization header carries a bearer token.",
            "Clients prove themselves by Basic, or by client_id and client_secret in the body.",
        )
    elif scheme == "basic" and "names" in case.check.got:
        yield Cause("Header and body name two clients.", "Leave client_id out of one of them.")
    elif scheme == "basic":
        yield Cause(
            "What follows Basic is the base64 of id, colon and secret.",
            "Programs that encode it themselves often leave out the colon, or encode twice.",
        )


def wrong_secret(case: Case) -> Found:
    """TK-5; what is wrong with the secret was told where it was checked."""
    client = case.client
    place = places.of_client(case, "ClientSecret")
    causes = []
    if client is not None and "none was sent" in case.check.because:
        if case.from_page:
            causes.append(
                Cause(
                    "The request comes from a page, which can keep no secret.",
                    "Use a client without a secret for it, with PKCE.",
                )
            )
        elif "HTTP Basic" in case.check.got or "client_secret" in case.sent:
            where = "Basic header" if "HTTP Basic" in case.check.got else "client_secret"
            causes.append(
                Cause(
                    f"The {where} came, with nothing for a secret.",
                    "The setting that should hold it may be empty where the app runs.",
                )
            )
        else:
            causes.append(
                Cause(
                    "The app takes the client for one without a secret.",
                    "Set the secret where the app runs; it goes into a Basic header, or into the "
                    "body as client_secret.",
                )
            )
    if client is not None and not client.confidential:
        return Found(place=place, settled=f"{client.client_name} has no secret any more.")
    return Found(tuple(causes), place=place)


def needless_secret(case: Case) -> Found:
    """TK-6."""
    client = case.client
    place = places.of_client(case, "ClientSecret")
    if client is not None and client.confidential:
        return Found(place=place, settled=f"{client.client_name} has a secret now.")
    cause = Cause(
        "The client is public: the app may be set up for another one.",
        "Leave client_secret out, or take the id of the client that has it.",
    )
    return Found((cause,), place=place)


def parameter_missing(case: Case) -> Found:
    """TK-7."""
    name = case.check.got.removeprefix("no ")
    causes = list(why_missing(name, case)) if name in _NEEDED else []
    if name == "redirect_uri" and not causes:
        causes = [
            Cause(
                "redirect_uri has to come a second time, although it was sent to authorize.",
                "Send the very same URL.",
            )
        ]
    if name == "code" and "error" in case.sent:
        causes = [Cause("The callback brought an error and no code, and the app went on.")]
    return Found(tuple(causes))


RULES: Mapping[str, Callable[[Case], Found]] = MappingProxyType(
    {
        "TK-1": missing("grant_type"),
        "TK-2": grant_type,
        "TK-3": unnamed,
        "TK-4": unknown_client,
        "TK-5": wrong_secret,
        "TK-6": needless_secret,
        "TK-7": parameter_missing,
    }
)
