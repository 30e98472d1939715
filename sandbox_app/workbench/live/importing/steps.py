"""What a request was for, told by its address and messages alone, as a browser writes them down."""

import base64
import binascii
import json
import re
from typing import Any
from urllib.parse import unquote

from sandbox_app.domain.records.traffic import ExchangeDetail
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.workbench.live.importing.cleaning import line, members
from sandbox_app.workbench.live.messages import form_of, header, location_parameters, query_of

_STEPS = {
    "/oauth2/authorize": "authorize",
    "/authorize": "authorize",
    "/login": "login",
    "/login/continue": "login",
    "/signup": "sign-up",
    "/forgotPassword": "forgotten password",
    "/confirmUser": "confirmation",
    "/confirmForgotPassword": "new password",
    "/oauth2/idpresponse": "provider's answer",
    "/saml2/idpresponse": "provider's answer",
    "/oauth2/token": "token",
    "/oauth2/userInfo": "userInfo",
    "/oauth2/revoke": "revoke",
    "/logout": "logout",
    "/error": "error page",
}
"""The paths of a pool's domain, here and on the real service."""

_WELL_KNOWN = re.compile(r"/[\w-]+/\.well-known/(openid-configuration|jwks\.json)", re.ASCII)
_METHODS = ("GET", "POST", "HEAD")
_LONGEST = 200


def step_of(method: str, target: str) -> str:
    """What the request was for; empty where it went to no endpoint of a pool."""
    path = target.partition("?")[0]
    if method.upper() not in _METHODS:
        return ""
    found = _WELL_KNOWN.fullmatch(path)
    if found is not None:
        return "discovery" if found[1].startswith("openid") else "key set"
    return _STEPS.get(path, "")


def client_of(detail: ExchangeDetail) -> str:
    """The id of the client that a request names, anywhere."""
    for name, value in (*query_of(detail.target), *form_of(detail.request)):
        if name == "client_id":
            return line(value, _LONGEST)
    scheme, _, encoded = header(detail.request.headers, "authorization").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        pair = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
    return line(unquote(pair.partition(":")[0]), _LONGEST) if ":" in pair else ""


def grant_of(detail: ExchangeDetail) -> str:
    """By which flow something is asked for."""
    asked = dict((*query_of(detail.target), *form_of(detail.request)))
    flow = {"code": "code", "token": "implicit"}.get(asked.get("response_type", ""), "")
    return line(asked.get("grant_type", ""), _LONGEST) or flow


def user_of(detail: ExchangeDetail) -> str:
    """Who the tokens in an answer are for."""
    for token in tokens_in(detail):
        claims = unverified_claims(token) or {}
        name = claims.get("cognito:username") or claims.get("username")
        if isinstance(name, str):
            return line(name, _LONGEST)
    return ""


def error_of(detail: ExchangeDetail) -> str:
    """The error that an answer names: in its body, or in the redirect."""
    named = members(_json(detail.response.body)).get("error")
    if isinstance(named, str):
        return line(named, _LONGEST)
    location = header(detail.response.headers, "location")
    return line(dict(location_parameters(location)).get("error", ""), _LONGEST)


def tokens_in(detail: ExchangeDetail) -> tuple[str, ...]:
    """The tokens that an answer hands out."""
    told = {
        **dict(location_parameters(header(detail.response.headers, "location"))),
        **members(_json(detail.response.body)),
    }
    found = (told.get(name) for name in ("id_token", "access_token", "refresh_token"))
    return tuple(token for token in found if isinstance(token, str) and token)


def _json(body: bytes) -> Any:
    if body.lstrip()[:1] != b"{":
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
