"""What was sent as an access token, if it was none of the pool's."""

from collections.abc import Mapping

from sandbox_app.tokens.identifiers import is_uuid
from sandbox_app.tokens.inspect import kind_of

_LONGEST = 120
_REAL = "amazonaws.com/"


def why_unreadable(token: str) -> str:
    """What a token is that cannot be read as a signed one, in one clause."""
    if kind_of(token) == "encrypted":
        return "the token is a refresh token, which only the token endpoint takes"
    if is_uuid(token):
        return "the token is an authorization code, which has to be traded first"
    parts = token.count(".") + 1
    if token.startswith("eyJ") and parts < 3:
        return f"the token was cut off: it has {parts} of a signed token's 3 parts"
    return "the token is not a JWT"


def why_strange(stated: Mapping[str, object]) -> str:
    """Whose a token is that names a client unknown here; nothing in it is verified."""
    client = str(stated.get("client_id") or stated.get("aud") or "(none)")[:_LONGEST]
    issuer = str(stated.get("iss") or "")[:_LONGEST]
    if _REAL in issuer:
        return f"the token is the real service's, of {issuer}"
    said = f", and its issuer is {issuer}" if issuer else ""
    return f"the token's client {client} does not exist here{said}"
