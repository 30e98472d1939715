"""{issuer}/.well-known/jwks.json, as usual or as the conditions bend it."""

import asyncio
from dataclasses import replace
from http import HTTPStatus

from sandbox_app.domain.conditions.key_sets import USUAL, KeySetAnswer
from sandbox_app.domain.events import KeysFetched
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.discovery import answer_jwks
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, issuer_reply, json_reply
from sandbox_app.workbench.conditions.key_sets_part import unusual

_USUAL_CACHE_HEADERS = frozenset({"cache-control", "pragma", "expires"})


async def jwks(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET {issuer}/.well-known/jwks.json."""
    pool_id = incoming.path.split("/")[1]
    answer = site.core.conditions.key_sets.get(pool_id, USUAL)
    outcome = await answer_jwks(pool_id, site.core, trace, only=answer.only)
    reply, words = issuer_reply(outcome), ""
    if isinstance(outcome, Refused):
        return reply
    if answer != USUAL:
        words = ", ".join(unusual(site.core, pool_id, answer))
        reply = await _bent(reply, answer, f"the key set {words}", trace)
    shown = outcome.body["keys"] if reply.status == USUAL.status else ()
    kids = tuple(key["kid"] for key in shown)
    site.core.bus.publish(KeysFetched(pool_id, trace.caller, kids, site.core.timestamp(), words))
    return reply


async def _bent(reply: Reply, answer: KeySetAnswer, words: str, trace: Trace) -> Reply:
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
    # Real time: the client's patience is not bent.
    await asyncio.sleep(answer.delay.total_seconds())
    return reply


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"
