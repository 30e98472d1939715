"""Real tokens for a user or a machine, without anybody signing in: a power of the sandbox's own."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import minting
from sandbox_app.flows import scopes as known_scopes
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench.token_preview import is_machine, preview_tokens

GRANT = "sandbox"
"""The grant that the event tells of such tokens; no request asked for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MintedTokens:
    """Signed tokens, good at every endpoint of the pool.

    `why_refused` says what would have kept a sign-in from bringing them, empty where nothing.
    """

    tokens: minting.Minted
    why_refused: str = ""


async def mint_tokens(
    core: Core,
    pool: UserPool,
    client: UserPoolClient,
    user: User | None,
    scopes: Iterable[str] | None = None,
    *,
    origin: str,
    nonce: str | None = None,
) -> MintedTokens:
    """The tokens an authorization-code sign-in would bring now; of a machine, its access token.

    Passwords, lockouts and the user's status are not asked. A refresh token comes along where
    the client may use the code flow, and is kept like any other.

    Args:
        user: needed unless the client is a machine.
        scopes: those granted; all of the client's without it.
        origin: "http://localhost:9400", which the issuer is made of.
        nonce: put into the ID token.

    Raises:
        ValueError: no user for a client that signs users in.
    """
    trace = Trace(login_id=new_uuid())
    asked = None if scopes is None else tuple(dict.fromkeys(scopes))
    preview = preview_tokens(core, pool, client, user, asked, origin=origin)
    if user is None or is_machine(client):
        living = known_scopes.custom(client, core.store)
        own = (scope for scope in known_scopes.of_machine(client) if scope in living)
        granted = asked or tuple(own)
        tokens = await minting.for_machine(pool, client, granted, core, trace, origin=origin)
        return MintedTokens(tokens=tokens, why_refused=preview.why_refused)
    session = minting.Session(
        pool=pool,
        client=client,
        user=user,
        scopes=asked or known_scopes.enabled(client, core.store),
        auth_time=core.epoch(),
        login_id=trace.login_id,
        nonce=nonce,
    )
    refreshable = client.may_use("code")
    tokens = await minting.for_user(
        session, core, trace, origin=origin, grant=GRANT, refreshable=refreshable
    )
    return MintedTokens(tokens=tokens, why_refused=preview.why_refused)
