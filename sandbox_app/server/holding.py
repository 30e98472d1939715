"""Finished answers kept back between the flow and the wire: the outside end of the `Hold` port."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox_app.domain.events import AnswerHeld, AnswerLetGo
from sandbox_app.domain.holding import Answer, Decision, Ending, HeldAnswer
from sandbox_app.domain.ports import Hold
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.rules.holding import CLIENT_GONE, CUT, EDITED
from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core
from sandbox_app.server.edge.connection import Connection
from sandbox_app.server.recorder import Spoken, recorded


class AnswerHold:
    """Waits for whoever watches `core.holds`; each request waits for itself and for no other."""

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def watched(self) -> bool:
        """Whether anybody might want an answer kept back."""
        return self._core.holds.watched

    async def __call__(
        self,
        exchange: Exchange,
        detail: ExchangeDetail,
        answer: Answer,
        gone: Callable[[], Awaitable[object]],
    ) -> Decision:
        """Wait until it is decided, or the client goes away; see `ports.Hold`."""
        holds, bus = self._core.holds, self._core.bus
        if not holds.wants(exchange, detail):
            return Decision(Ending.RELEASED, answer)
        decided: asyncio.Future[Decision] = asyncio.get_running_loop().create_future()
        held = HeldAnswer(exchange, detail, answer, lambda decision: _decide(decided, decision))
        left = Decision(Ending.GONE, answer)
        watching = asyncio.ensure_future(gone())
        watching.add_done_callback(lambda _: _decide(decided, left))
        holds.begin(held)
        bus.publish(AnswerHeld(exchange, detail))
        ending = Ending.GONE
        try:
            decision = await decided
            ending = decision.ending
            return decision
        finally:
            watching.cancel()
            holds.end(held)
            bus.publish(AnswerLetGo(exchange.id, ending))


async def kept_back(hold: Hold, spoken: Spoken, trace: Trace, request: web.BaseRequest) -> Spoken:
    """What is to be sent and recorded in the end; notes where that is not what the pool made.

    The time an answer waits is not counted as time the pool took.
    """
    answer = Answer(
        status=spoken.status, headers=spoken.response_headers, body=spoken.response_body
    )
    protocol = request.protocol
    assert isinstance(protocol, Connection)
    decision = await hold(*recorded(spoken, trace), answer, protocol.gone)
    if decision.ending is Ending.GONE:
        trace.checks.note(CLIENT_GONE, "the client went away while its answer was kept back")
    elif decision.ending is Ending.DROPPED:
        trace.checks.note(CUT, "the connection was cut by hand instead of answering")
        trace.fault = trace.fault or "connection cut by hand"
        if request.transport is not None:
            request.transport.abort()
    elif decision.answer != answer:
        trace.checks.note(EDITED, "the answer was changed by hand before it was sent")
        trace.fault = trace.fault or "answer edited by hand"
    sent = decision.answer
    return spoken._replace(
        status=sent.status, response_headers=sent.headers, response_body=sent.body
    )


def _decide(decided: asyncio.Future[Decision], decision: Decision) -> None:
    if not decided.done():
        decided.set_result(decision)
