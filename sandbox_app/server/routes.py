"""Which path is which endpoint; the one list of everything that is answered and recorded."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.server.hosted import back_channel, issuer, key_set, sign_in, sign_in_as
from sandbox_app.server.hosted.site import Endpoint
from sandbox_app.workbench.sign_in_as import PATH as SIGN_IN_AS

_AUTHORIZE = Endpoint(step="authorize", methods=("GET",), handler=sign_in.authorize)
_LOGIN = Endpoint(step="login", methods=("GET", "POST"), handler=sign_in.login)

DOMAIN: Mapping[str, Endpoint] = MappingProxyType(
    {
        "/oauth2/authorize": _AUTHORIZE,
        "/authorize": _AUTHORIZE,
        "/login": _LOGIN,
        "/login/continue": _LOGIN,
        "/logout": Endpoint(step="logout", methods=("GET",), handler=sign_in.logout),
        "/error": Endpoint(step="error page", methods=("GET",), handler=sign_in.error),
        "/oauth2/token": Endpoint(
            step="token", methods=("POST",), handler=back_channel.token, for_programs=True
        ),
        "/oauth2/revoke": Endpoint(
            step="revoke", methods=("POST",), handler=back_channel.revoke, for_programs=True
        ),
        "/oauth2/userInfo": Endpoint(
            step="userInfo",
            methods=("GET", "POST"),
            handler=back_channel.userinfo,
            for_programs=True,
        ),
    }
)

_OURS: Mapping[str, Endpoint] = MappingProxyType(
    {SIGN_IN_AS: Endpoint(step="sign in as", methods=("GET",), handler=sign_in_as.sign_in_as)}
)
_ISSUER: Mapping[str, Endpoint] = MappingProxyType(
    {
        "openid-configuration": Endpoint(
            step="discovery",
            methods=("GET",),
            handler=issuer.discovery,
            for_programs=True,
            logs_in=False,
        ),
        "jwks.json": Endpoint(
            step=key_set.STEP,
            methods=("GET",),
            handler=key_set.jwks,
            for_programs=True,
            logs_in=False,
        ),
    }
)
_WELL_KNOWN = re.compile(r"/[\w-]+/\.well-known/(openid-configuration|jwks\.json)", re.ASCII)


def endpoint_at(path: str) -> Endpoint | None:
    """The endpoint behind a path, compared byte by byte (contract 7: userInfo's capital I)."""
    if (found := DOMAIN.get(path) or _OURS.get(path)) is not None:
        return found
    match = _WELL_KNOWN.fullmatch(path)
    return _ISSUER[match[1]] if match else None
