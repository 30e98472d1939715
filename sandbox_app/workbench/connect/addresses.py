"""Every address of a pool and of a client, at the place where the sandbox listens now."""

from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.flows import addresses
from sandbox_app.operations.core import Core
from sandbox_app.workbench.demo import CALLBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAddresses:
    """The URLs of a pool; `sign_in` is empty while the pool has no domain.

    `origin` is the one they were made for, `keys` the JWK set. Source: contract oidc 1.
    """

    pool_id: str
    region: str
    origin: str
    issuer: str
    discovery: str
    keys: str
    sign_in: str
    authorize: str
    token: str
    user_info: str
    revoke: str
    logout: str

    @property
    def found_by_issuer(self) -> bool:
        """Whether a library that only knows the issuer gets here; not with the real service's."""
        return self.discovery == f"{self.issuer}/.well-known/openid-configuration"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAddresses:
    """What an app must be told about its client; texts are empty where the client has none.

    `callback` and `logout` are the first ones of the client's own: those of the demo app lead to
    the sandbox itself. `scope` is a list with spaces, `authorize` a URL to open in a browser.
    """

    client_id: str
    secret: str
    callback: str
    logout: str
    scope: str
    authorize: str


def pool_addresses(core: Core, pool: UserPool, origin: str) -> PoolAddresses:
    """The pool's addresses on `origin` ("http://localhost:9400")."""
    local = f"{addresses.plain_origin(origin)}/{pool.id}/.well-known"
    domain = core.store.domains.of_pool(pool.id)
    return PoolAddresses(
        pool_id=pool.id,
        region=pool.region,
        origin=origin,
        issuer=addresses.issuer(pool, origin),
        discovery=f"{local}/openid-configuration",
        keys=f"{local}/jwks.json",
        sign_in=_own_host(origin, domain.domain) if domain is not None else "",
        authorize=f"{origin}/oauth2/authorize",
        token=f"{origin}/oauth2/token",
        user_info=f"{origin}/oauth2/userInfo",
        revoke=f"{origin}/oauth2/revoke",
        logout=f"{origin}/logout",
    )


def client_addresses(client: UserPoolClient, origin: str) -> ClientAddresses:
    """What there is to know about the client on `origin`."""
    callback = next((url for url in client.callback_urls if not url.endswith(CALLBACK)), "")
    logout = next((url for url in client.logout_urls if "/_demo/" not in url), "")
    scope = " ".join(client.allowed_oauth_scopes)
    return ClientAddresses(
        client_id=client.client_id,
        secret=client.client_secrets[0].client_secret_value if client.client_secrets else "",
        callback=callback,
        logout=logout,
        scope=scope,
        authorize=_authorize(client, origin, callback, scope),
    )


def _authorize(client: UserPoolClient, origin: str, callback: str, scope: str) -> str:
    """A URL that opens the sign-in page for an app that is not written yet."""
    if not callback or not client.may_use("code"):
        return ""
    query = {
        "response_type": "code",
        "client_id": client.client_id,
        "redirect_uri": callback,
        "scope": scope,
    }
    return f"{origin}/oauth2/authorize?{urlencode(query)}"


def _own_host(origin: str, domain: str) -> str:
    """Where browsers find this pool alone; a custom domain has no address on this machine."""
    if "." in domain:
        return origin
    scheme, _, authority = origin.partition("://")
    return f"{scheme}://{domain}.auth.localhost:{authority.rpartition(':')[2]}"
