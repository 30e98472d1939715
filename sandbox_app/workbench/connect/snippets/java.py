"""Snippets for Java."""

from urllib.parse import urlsplit

from sandbox_app.workbench.connect.snippets.callbacks import callback_for, note_with
from sandbox_app.workbench.connect.snippets.literals import yaml
from sandbox_app.workbench.connect.snippets.told import (
    Snippet,
    Told,
    unfit,
    usual_scopes,
    why_no_domain,
    why_no_identity,
    why_no_sign_in,
)

_PATH = "/login/oauth2/code/"


def spring(told: Told) -> Snippet:
    """Spring Boot 3 with spring-boot-starter-oauth2-client, as `application.yml`."""
    if (reason := _why_not(told)) is not None:
        return reason
    own, callback, missing = told.own, "", ""
    if not told.machine:
        callback, missing = callback_for(told, lambda path: path.startswith(_PATH), _usual())
    if any("{" in value for value in (callback, own.scope, own.client_id, own.secret)):
        return unfit("Spring reads a { in a value as a placeholder, and one of these has it.")
    scopes = own.scope.split() if told.machine else usual_scopes(own)
    registration = _registration(callback)
    lines = [
        "spring:",
        "  security:",
        "    oauth2:",
        "      client:",
        "        registration:",
        f"          {registration}:",
        "            provider: cognito",
        f"            client-id: {yaml(own.client_id)}",
        *([f"            client-secret: {yaml(own.secret)}"] if own.secret else []),
        *([] if own.secret else ["            client-authentication-method: none"]),
        f"            authorization-grant-type: {_grant(told)}",
        *([f"            redirect-uri: {yaml(callback)}"] if callback else []),
        "            scope:",
        *[f"              - {yaml(scope)}" for scope in scopes],
        "        provider:",
        "          cognito:",
        *_provider(told),
    ]
    live = (told.pool.issuer, own.client_id, own.secret, callback, *scopes)
    what = "addresses, client id and scopes" if told.machine else "addresses, client id and URL"
    note = note_with(told, what, missing, "Spring Security")
    return Snippet("\n".join(lines), live, note, callback_to_add=missing)


def _why_not(told: Told) -> Snippet | None:
    if told.machine:
        return why_no_domain(told)
    return why_no_sign_in(told) or why_no_identity(told, "Spring Security")


def _grant(told: Told) -> str:
    return "client_credentials" if told.machine else "authorization_code"


def _usual() -> str:
    return f"{_PATH}cognito"


def _registration(callback: str) -> str:
    """The registration's id; the last part of the callback's path names it."""
    name = urlsplit(callback).path.removeprefix(_PATH)
    return name if name.isascii() and name.isidentifier() else "cognito"


def _provider(told: Told) -> list[str]:
    """The issuer, from which Spring finds the rest; or the rest, where it is found elsewhere."""
    pool = told.pool
    if pool.found_by_issuer:
        found = [("issuer-uri", pool.issuer)]
    else:
        found = [
            ("authorization-uri", pool.authorize),
            ("token-uri", pool.token),
            ("jwk-set-uri", pool.keys),
            ("user-info-uri", pool.user_info),
        ]
    named = [] if told.machine else [("user-name-attribute", _name(told))]
    return [f"            {key}: {yaml(value)}" for key, value in [*found, *named]]


def _name(told: Told) -> str:
    """The claim Spring calls people by; some of its versions ask userInfo for openid alone too.

    `username` is in userInfo only, `sub` is in the ID token as well.
    """
    return "username" if len(usual_scopes(told.own)) > 1 else "sub"
