"""What the sandbox knows of a token's key and clock, and its client does not."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sandbox_app.domain.conditions.key_sets import USUAL
from sandbox_app.domain.durations import duration_words
from sandbox_app.domain.records.keys import KeyState
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKey
from sandbox_app.tokens.keys import PublicKey
from sandbox_app.tokens.verdict import Withheld
from sandbox_app.workbench.conditions.key_sets_part import unusual
from sandbox_app.workbench.live.words import local_clock


def keys_for(
    core: Core, claims: Mapping[str, Any]
) -> tuple[dict[str, PublicKey], dict[str, Withheld]]:
    """The keys that a client finds now, and those it does not."""
    pools = [pool.id for pool in core.store.pools.all()]
    # A token that names one of our pools must be signed by that very pool.
    named = str(claims.get("iss")).rpartition("/")[2]
    found, withheld = {}, {}
    for pool_id in [named] if named in pools else pools:
        known = core.keys.known(pool_id)
        for key in known.all if known is not None else ():
            because = _why_withheld(core, pool_id, key)
            if because:
                withheld[key.kid] = Withheld(key.key.public_key, because)
            else:
                found[key.kid] = key.key.public_key
    return found, withheld


def _why_withheld(core: Core, pool_id: str, key: PoolKey) -> str:
    """Empty where the key set shows the key."""
    if key.state is KeyState.RETIRED:
        return f"was retired at {local_clock(key.since)}"
    answer = core.conditions.key_sets.get(pool_id, USUAL)
    if answer.status == USUAL.status and (answer.only is None or key.kid in answer.only):
        return ""
    return f"is not shown now, as the key set {', '.join(unusual(core, pool_id, answer))}"


def skew_sentence(core: Core, claims: Mapping[str, Any]) -> str:
    """How wrong the clock behind the token's client is made; empty where it is right."""
    client = core.store.clients.get(str(claims.get("client_id") or claims.get("aud") or ""))
    by = core.conditions.skews.get(client.client_id) if client is not None else None
    if client is None or by is None:
        return ""
    words = f"{duration_words(abs(by))} {'ahead' if by > timedelta(0) else 'behind'}"
    return f"The clock behind the tokens of {client.client_name} is {words}."
