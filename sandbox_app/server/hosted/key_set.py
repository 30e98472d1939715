"""{issuer}/.well-known/jwks.json, as usual or as the conditions bend it."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.domain.events import ConditionsChanged, KeysFetched
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.discovery import answer_jwks
from sandbox_app.operations.core import Core
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, issuer_reply, json_reply
from sandbox_app.workbench.conditions.key_sets_part import unusual

STEP = "key set"
_USUAL_CACHE_HEADERS = frozenset({"cache-control", "pragma", "expires"})


async def jwks(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET {issuer}/.well-known/jwks.json."""
    pool_id = incoming.path.split("/")[1]
    answer = site.core.conditions.key_sets.get(pool_id, USUAL)
    outcome = await answer_jwks(pool_id, site.core, trace, only=answer.only)
    reply = issuer_reply(outcome)
    if isinstance(outcome, Refused) or answer == USUAL:
        return reply
    words = ", ".join(unusual(site.core, pool_id, answer))
    reply = _bent(reply, answer, f"the key set {words}", trace)
    if answer.delay:
        trace.delivered = await _held_back(answer.delay, pool_id, incoming, site.core)
    return reply


def tell_fetched(status: int, body: bytes, trace: Trace, core: Core) -> None:
    """Publish what somebody got who asked for a key set, after all that happened to the answer.

    Args:
        status: as sent; 0 where no answer went out.
    """
    if not trace.pool_id:
        return
    kids = _kids_in(body) if status == USUAL.status and trace.delivered else ()
    bent = (check.because for check in trace.checks.results() if check.rule == "US-K1")
    words = next(bent, trace.fault)
    if not trace.delivered:
        words += ", which it did not wait for"
    core.bus.publish(KeysFetched(trace.pool_id, trace.caller, kids, core.timestamp(), words))


def _bent(reply: Reply, answer: KeySetAnswer, words: str, trace: Trace) -> Reply:
    if answer.status == USUAL.status:
        trace.checks.note("US-K1", words)
    else:
        trace.checks.require("US-K1", False, because=words)
        trace.refused(Refused("key_set_bent", "US-K1", words, status=answer.status))
        reply = json_reply({"message": _phrase(answer.status)}, answer.status)
    if answer.content_type is not None:
        reply = replace(reply, content_type=answer.content_type or None)
    if answer.cache_headers is not None:
        headers = (*reply.headers, *answer.cache_headers)
        reply = replace(reply, headers=headers, without=_USUAL_CACHE_HEADERS)
    return reply


async def _held_back(delay: timedelta, pool_id: str, incoming: Incoming, core: Core) -> bool:
    """Wait, in real time, unless the delay is taken back; false if the client went meanwhile."""
    taken_back = asyncio.Event()

    def look(_: ConditionsChanged) -> None:
        if core.conditions.key_sets.get(pool_id, USUAL).delay != delay:
            taken_back.set()

    unsubscribe = core.bus.subscribe(ConditionsChanged, look)
    waits = [asyncio.ensure_future(wait) for wait in (taken_back.wait(), incoming.gone())]
    try:
        done, _ = await asyncio.wait(
            waits, timeout=delay.total_seconds(), return_when=asyncio.FIRST_COMPLETED
        )
    finally:
        unsubscribe()
        for wait in waits:
            wait.cancel()
    return waits[1] not in done


def _kids_in(body: bytes) -> tuple[str, ...]:
    """The keys that a client finds in the answer; none where it is no key set any more."""
    with suppress(ValueError, KeyError, TypeError):
        return tuple(str(key["kid"]) for key in json.loads(body)["keys"])
    return ()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
