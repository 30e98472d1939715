"""What an unknown refresh token may have been."""

from sandbox_app.flows.near_misses.texts import spoilt
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import is_uuid
from sandbox_app.tokens.inspect import kind_of, unverified_claims
from sandbox_app.tokens.refresh import fingerprint

_BEGINNING = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ"
"""With which every refresh token begins (contract oidc 10.3)."""

_PARTS = 5
_TAG = 22
"""Characters of a refresh token's last part (contract oidc 10.3)."""


def why_unknown(sent: str, core: Core) -> str:
    """Why the pool knows no such refresh token, in one clause."""
    for meant, how in spoilt(sent):
        if meant != sent and core.store.refresh_grants.find(fingerprint(meant)) is not None:
            return f"the refresh token came {how}"
    claims = unverified_claims(sent)
    if claims is not None:
        use = claims.get("token_use")
        named = f"an {use} token" if use in ("access", "id") else "a signed token"
        return f"no such refresh token was issued: this is {named}"
    if is_uuid(sent):
        return "no such refresh token was issued: this is an authorization code by its form"
    parts = sent.split(".")
    if parts[0] == _BEGINNING and (len(parts) < _PARTS or len(parts[-1]) < _TAG):
        return f"the refresh token was cut off after {len(sent)} characters"
    if kind_of(sent) == "encrypted":
        return "no such refresh token was issued here; it has the form of one"
    return "no such refresh token was issued"
