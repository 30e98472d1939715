"""What one request runs into: faults looked up before the handler, and committed on the wire."""

import asyncio
from time import perf_counter

from aiohttp import web

from sandbox_app.domain.conditions.faults import Answer, Duplicate
from sandbox_app.domain.durations import duration_words
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.rules.on_purpose import ANSWERED, SENT
from sandbox_app.domain.trace import Trace
from sandbox_app.server.edge.connection import connection_of
from sandbox_app.server.edge.whole_answer import WholeAnswer
from sandbox_app.server.faulty.answering import answer_instead
from sandbox_app.server.faulty.sending import SpoiltAnswer
from sandbox_app.server.faulty.spoiling import Sent, altered, ended
from sandbox_app.server.faulty.subject import Subject
from sandbox_app.server.faulty.waiting import Sleep, Waiting
from sandbox_app.server.hosted.site import Endpoint, Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.recorder import Spoken
from sandbox_app.server.reply import Reply
from sandbox_app.workbench.conditions.faults.plan import Plan, plan_for
from sandbox_app.workbench.live.login import SIGN_IN_AS


class Troubles:
    """Makes the trouble of each request, and waits for all of them.

    Args:
        sleep: how time passes, see `Waiting`.
    """

    def __init__(self, site: Site, sleep: Sleep = asyncio.sleep) -> None:
        self._site = site
        self._waiting = Waiting(site.core, sleep)

    def brewing(self) -> "Trouble | None":
        """For a request that just came in; `None`, and no cost, while no fault is switched on."""
        if not self._site.core.conditions.faults.at_requests:
            return None
        return Trouble(self._site, self._waiting)

    def close(self) -> None:
        """Keep nobody waiting any more."""
        self._waiting.close()


class Trouble:
    """One request's: first it is met, then it comes over the answer."""

    def __init__(self, site: Site, waiting: Waiting) -> None:
        self._site = site
        self._waiting = waiting
        self._plan: Plan | None = None

    def meet(self, incoming: Incoming, endpoint: Endpoint | None, trace: Trace) -> Reply | None:
        """Look up the faults; an answer where one of them answers in the pool's place.

        Raises:
            UnreadableParameters: the answer belongs to a callback that cannot be read.
        """
        step = endpoint.step if endpoint is not None else ""
        if step == SIGN_IN_AS:
            return None
        subject = Subject(incoming, step, self._site.core)
        self._plan = plan = plan_for(self._site.core, subject)
        if plan is None:
            return None
        trace.fault = plan.title
        if plan.answer is None:
            return None
        because = _because(plan, plan.answer)
        trace.checks.require(ANSWERED, False, because=because)
        return answer_instead(plan.answer, because, subject, endpoint, self._site, trace)

    async def come_over(
        self, spoken: Spoken, request: web.BaseRequest, trace: Trace
    ) -> tuple[Spoken, WholeAnswer]:
        """What goes over the wire in the end, and the response that sends it so."""
        promised = answer = Sent(spoken.status, spoken.response_headers, spoken.response_body)
        plan = self._plan
        if plan is None:
            return spoken, WholeAnswer(answer.status, answer.headers, answer.body)
        began, done = perf_counter(), []
        if plan.delay:
            gone = connection_of(request).gone
            stayed = await self._waiting.pause(plan.delay.total_seconds(), gone)
            trace.delivered = stayed
            words = f"the answer was held back for {duration_words(plan.delay)}"
            done.append(words if stayed else f"{words}, which the client did not wait for")
        for alteration in plan.alterations:
            answer, words = altered(answer, alteration)
            done.append(words)
        whole = sent = answer
        if plan.ending is not None:
            sent, words = ended(answer, plan.ending)
            done.append(words)
        if done:
            _tell(plan, promised, sent, "; ".join(done), trace)
        waited = (perf_counter() - began) * 1000
        return spoken._replace(
            duration=spoken.duration + waited,
            status=sent.status,
            response_headers=sent.headers,
            response_body=sent.body,
        ), self._response(plan, whole)

    def _response(self, plan: Plan, whole: Sent) -> WholeAnswer:
        return SpoiltAnswer(
            whole.status,
            whole.headers,
            whole.body,
            ending=plan.ending,
            twice=any(isinstance(each, Duplicate) for each in plan.alterations),
            waiting=self._waiting,
            fault_id=plan.ending_id,
        )


def _because(plan: Plan, answer: Answer) -> str:
    title = next(use.title for use in plan.uses if use.fault.then.effect is answer)
    return f"“{title}” answered; the pool never saw the request, and nothing of it was spent"


def _tell(plan: Plan, promised: Sent, sent: Sent, words: str, trace: Trace) -> None:
    """Note what was done, and what the client would have got without it."""
    words = f"{words}; without the fault: {promised}, at once"
    if sent.status or trace.refusal is not None:
        trace.checks.note(SENT, words, got=plan.title)
    else:
        because = f"“{plan.title}”: {words}"
        trace.checks.require(SENT, False, because=because)
        trace.refused(Refused("no_answer", SENT, because, status=0))
