"""Which URLs a pool has, as seen by the request that asks."""

from sandbox_app.domain.records.pools import UserPool

_OWN_NAME = ".localhost"


def issuer(pool: UserPool, origin: str) -> str:
    """The pool's issuer: `{origin}/{poolId}`, the real service's, or a fixed URL.

    Args:
        pool: its `sandbox.issuer` chooses the mode.
        origin: scheme, host and port of the request that delivers the token.

    Source: contract, deviation "issuer".
    """
    mode = pool.sandbox.issuer
    if mode == "aws":
        return f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}"
    if mode != "local":
        return mode
    return f"{plain_origin(origin)}/{pool.id}"


def plain_origin(origin: str) -> str:
    """The origin with a pool's own name such as `demo.auth.localhost` mapped to `localhost`.

    Node and Python do not resolve such names, so no issuer may carry one.
    """
    scheme, _, authority = origin.partition("://")
    if authority.startswith("["):
        return origin
    host, colon, port = authority.partition(":")
    if not host.endswith(_OWN_NAME):
        return origin
    return f"{scheme}://localhost{colon}{port}"
