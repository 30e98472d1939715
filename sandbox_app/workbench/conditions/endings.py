"""What ends by time and when, so that the clock can go there: tokens, codes, sessions, locks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sandbox_app.domain.events import TokensMinted
from sandbox_app.domain.records.keys import KeyState
from sandbox_app.flows.sessions import LIFETIME
from sandbox_app.operations.core import Core
from sandbox_app.store import EndingRow
from sandbox_app.workbench.conditions import clock

MOST = 100
"""Things of one kind that are listed, the newest ones."""

JUST_OVER = 3600.0
"""Seconds that a thing is still listed after its end, so that the clock can go back before it."""

BEFORE, AFTER = timedelta(seconds=-1), timedelta(seconds=1)
_DAY = 86_400


class Thing(StrEnum):
    """What ends."""

    ACCESS_TOKEN = "access token"
    ID_TOKEN = "ID token"
    REFRESH_TOKEN = "refresh token"
    CODE = "code"
    SESSION = "browser session"
    LOCKOUT = "lockout"
    TEMPORARY_PASSWORD = "temporary password"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One thing that ends at a known moment. Times in epoch seconds of the sandbox's clock.

    `id` names it to `jump` and opens nothing. `ends_at` is the first moment at which the pool
    itself treats it as over; an ID token is judged by clients alone. What does not apply is an
    empty text: a session has no client, a machine's token no user.
    """

    id: str
    thing: Thing
    pool_id: str
    client_id: str
    client_name: str
    username: str
    login_id: str
    began_at: float
    ends_at: float
    alive: bool


def endings(core: Core, pool_id: str | None = None, limit: int = MOST) -> tuple[Ending, ...]:
    """What lives, the soonest to end first; then what ended within the last hour, latest first.

    Access and ID tokens are those minted since the program started, as the pool keeps none.
    What was revoked, spent or signed by a retired key does not wait for its end and is left out.

    Args:
        pool_id: `None` for all pools.
        limit: how many of each kind, newest first.
    """
    now = core.timestamp()
    pools = {pool.id for pool in core.store.pools.all()}
    found = [
        ending
        for ending in (*_signed(core, pool_id, limit), *_kept(core, pool_id, limit))
        if ending.pool_id in pools and ending.ends_at > now - JUST_OVER
    ]
    living = sorted((it for it in found if it.alive), key=lambda it: it.ends_at)
    over = sorted((it for it in found if not it.alive), key=lambda it: -it.ends_at)
    return (*living, *over)


def jump(core: Core, ending_id: str, by: timedelta = BEFORE, *, stand: bool = False) -> Ending:
    """Set the clock to a thing's end and a little: by default to one second before it.

    Args:
        by: negative is before the end, zero the end itself, at which the thing is over.
        stand: let the clock stand there, so that there is time to try things.

    Returns:
        The thing, as it was before.

    Raises:
        ValueError: nothing of that name is listed, or the clock cannot go there.
    """
    ending = next((it for it in endings(core) if it.id == ending_id), None)
    if ending is None:
        raise ValueError("nothing of that name lives or ended within the last hour")
    clock.go_to(core, datetime.fromtimestamp(ending.ends_at, UTC) + by)
    if stand:
        clock.freeze(core)
    return ending


def _kept(core: Core, pool_id: str | None, limit: int) -> Iterator[Ending]:
    """What the workspace knows the end of."""
    store, after = core.store.endings, core.timestamp() - JUST_OVER
    for thing, rows in (
        (Thing.REFRESH_TOKEN, store.refresh_tokens(pool_id, after, limit)),
        (Thing.CODE, store.codes(pool_id, after, limit)),
        (Thing.SESSION, store.sessions(pool_id, after, limit, LIFETIME)),
        (Thing.LOCKOUT, store.lockouts(pool_id, after, limit)),
        (Thing.TEMPORARY_PASSWORD, _temporary(core, store.temporary_passwords(pool_id, limit))),
    ):
        for row in rows:
            yield _ending(core, thing, row)


def _temporary(core: Core, rows: Iterable[EndingRow]) -> Iterator[EndingRow]:
    for row in rows:
        pool = core.store.pools.get(row.user_pool_id)
        if pool is not None:
            days = pool.policies.password_policy.temporary_password_validity_days
            yield row._replace(ends_at=row.began_at + days * _DAY)


def _signed(core: Core, pool_id: str | None, limit: int) -> Iterator[Ending]:
    """Access and ID tokens that were minted lately."""
    left = limit
    for minted in core.recent_tokens.newest_first():
        if not left:
            return
        if pool_id not in (None, minted.pool_id) or _is_revoked(core, minted):
            continue
        left -= 1
        skew = core.skew(minted.client_id)
        for token in minted.tokens:
            if _is_retired(core, minted.pool_id, token.kid):
                continue
            thing = Thing.ID_TOKEN if token.use == "id" else Thing.ACCESS_TOKEN
            row = EndingRow(
                token.jti or f"{minted.login_id} {token.issued_at}",
                minted.pool_id,
                minted.client_id,
                minted.username,
                minted.login_id,
                float(token.issued_at - skew),
                float(token.expires_at - skew),
            )
            yield _ending(core, thing, row)


def _is_revoked(core: Core, minted: TokensMinted) -> bool:
    return bool(minted.family) and core.store.refresh_grants.family_revoked(minted.family)


def _is_retired(core: Core, pool_id: str, kid: str) -> bool:
    keys = core.keys.known(pool_id)
    key = keys.find(kid) if keys is not None else None
    return key is None or key.state is KeyState.RETIRED


def _ending(core: Core, thing: Thing, row: EndingRow) -> Ending:
    client = core.store.clients.get(row.client_id) if row.client_id else None
    return Ending(
        id=f"{thing} {row.key}",
        thing=thing,
        pool_id=row.user_pool_id,
        client_id=row.client_id,
        client_name=client.client_name if client is not None else "",
        username=row.username,
        login_id=row.login_id,
        began_at=row.began_at,
        ends_at=row.ends_at,
        alive=core.timestamp() < row.ends_at,
    )
