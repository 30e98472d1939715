"""Where every request comes in: authority, endpoint, flow, answer, record.

The one place in the server that catches everything: a fault of ours is logged, recorded and
answered as the contract's `server_error`, never with a trace.
"""

import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from time import perf_counter

from aiohttp import web

from sandbox_app.domain.ports import Hold
from sandbox_app.domain.records.tokens import Caller
from sandbox_app.domain.records.traffic import Headers
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules.sending_again import SENT_AGAIN
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.parameters import UnreadableParameters
from sandbox_app.server.body import Body, read_body
from sandbox_app.server.cross_origin import allow_origin, preflight
from sandbox_app.server.edge.authority import AuthorityReader, Seen, TurnedAway
from sandbox_app.server.edge.connection import connection_of
from sandbox_app.server.edge.whole_answer import WholeAnswer
from sandbox_app.server.faulty.trouble import Trouble, Troubles
from sandbox_app.server.holding import kept_back
from sandbox_app.server.hosted import key_set
from sandbox_app.server.hosted.site import Endpoint, Site
from sandbox_app.server.incoming import Incoming, UnreadableForm, header_pairs, parse_cookies
from sandbox_app.server.recorder import Spoken, by_lower_name, record
from sandbox_app.server.reply import DOMAIN_HEADERS, Reply, text_reply
from sandbox_app.server.routes import endpoint_at
from sandbox_app.tokens.identifiers import new_uuid

log = logging.getLogger(__name__)

BODY_LIMIT = 256 * 1024
"""Bytes of a request body that are read; a sign-in form has some hundred."""

_LONGEST_AGENT = 300
"""Characters of a User-Agent by which a caller is known again."""

_UNREADABLE = "the request cannot be read."

OwnPages = Callable[[web.BaseRequest, Seen], Awaitable[web.StreamResponse | None]]
"""What is ours alone (`/_demo/`, `/_sandbox/`) and not recorded; `None` where it is not."""


class Gateway:
    """Answers requests of all listeners of one sandbox."""

    def __init__(
        self,
        site: Site,
        authority: AuthorityReader,
        own_pages: OwnPages,
        hold: Hold,
        troubles: Troubles,
    ) -> None:
        self._site = site
        self._authority = authority
        self._own_pages = own_pages
        self._hold = hold
        self._troubles = troubles

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request; the only exception let through is the client's going away."""
        started, began = self._site.core.timestamp(), perf_counter()
        seen = self._authority.read(request)
        if isinstance(seen, Seen):
            own = await self._own_pages(request, seen)
            if own is not None:
                return own
        body = await read_body(request, BODY_LIMIT)
        exchange_id = new_uuid()
        trace = Trace(login_id=exchange_id)
        self._note_repetition(request, trace)
        trouble = self._troubles.brewing()
        reply = await self._answer(request, seen, body, trace, trouble)
        spoken = Spoken(
            id=exchange_id,
            started_at=started,
            duration=(perf_counter() - began) * 1000,
            method=request.method,
            target=request.raw_path,
            http_version=f"{request.version.major}.{request.version.minor}",
            peer=request.remote or "",
            origin=seen.origin if isinstance(seen, Seen) else "",
            request_headers=header_pairs(request.headers),
            request_body=body.data,
            request_size=body.size,
            status=reply.status,
            response_headers=_headers(reply, exchange_id),
            response_body=reply.body,
        )
        if self._hold.watched:
            spoken = await kept_back(self._hold, spoken, trace, request)
        if trouble is None:
            response = WholeAnswer(spoken.status, spoken.response_headers, spoken.response_body)
        else:
            spoken, response = await trouble.come_over(spoken, request, trace)
        record(spoken, trace, self._site.core)
        if trace.step == key_set.STEP and trace.again is None:
            key_set.tell_fetched(spoken.status, spoken.response_body, trace, self._site.core)
        return response

    def unreadable(self, request: web.BaseRequest, status: int, because: str) -> web.Response:
        """Record and answer what could not be read as HTTP and so reached no handler."""
        reply = text_reply(status, f"{status} {HTTPStatus(status).phrase}: {_UNREADABLE}")
        refused = Refused("unreadable", "US-W1", because, status=status)
        return self._unhandled(request, ("", ""), "unreadable request", refused, reply)

    def fault(self, request: web.BaseRequest, error: BaseException | None) -> web.Response:
        """Record and answer a fault of ours outside every endpoint."""
        path = request.raw_path.partition("?")[0]
        log.error("%s %s failed", request.method, path[:200], exc_info=error)
        because = "a fault in the program; see the log and please report it"
        refused = Refused("server_error", "US-W7", because, Delivery.JSON, status=500)
        line = request.method, request.raw_path
        return self._unhandled(request, line, "fault", refused, self._site.renderer.json(refused))

    def _unhandled(
        self,
        request: web.BaseRequest,
        line: tuple[str, str],
        step: str,
        refused: Refused,
        reply: Reply,
    ) -> web.Response:
        exchange_id = new_uuid()
        trace = Trace(login_id="", step=step)
        self._note_repetition(request, trace)
        trace.checks.require(refused.rule, False, got=refused.because)
        trace.refused(refused)
        headers = _headers(reply, exchange_id)
        record(
            Spoken(
                id=exchange_id,
                started_at=self._site.core.timestamp(),
                duration=0.0,
                method=line[0],
                target=line[1],
                http_version="",
                peer=request.remote or "",
                origin="",
                request_headers=(),
                request_body=b"",
                request_size=0,
                status=reply.status,
                response_headers=headers,
                response_body=reply.body,
            ),
            trace,
            self._site.core,
        )
        return web.Response(status=reply.status, body=reply.body, headers=headers)

    async def _answer(
        self,
        request: web.BaseRequest,
        seen: Seen | TurnedAway,
        body: Body,
        trace: Trace,
        trouble: Trouble | None,
    ) -> Reply:
        if isinstance(seen, TurnedAway):
            return _turned_away(seen, trace)
        endpoint = endpoint_at(seen.path)
        if endpoint is None:
            met = trouble and trouble.meet(self._incoming(request, seen, body), None, trace)
            return met or _nothing_there(seen, trace)
        trace.step = endpoint.step
        if not endpoint.logs_in:
            trace.login_id = ""
        incoming = self._incoming(request, seen, body)
        agent = incoming.headers.get("user-agent", "")[:_LONGEST_AGENT]
        if trace.again is None:
            # What the window repeats under an app's name was neither fetched nor got by the app.
            trace.caller = Caller(incoming.peer, agent)
        try:
            reply = await self._served(endpoint, incoming, body, trace, trouble)
        except Exception:
            log.exception("%s %s failed", request.method, seen.path)
            reply = self._faulty(endpoint, incoming, trace)
        return allow_origin(reply, incoming) if endpoint.for_programs else reply

    async def _served(
        self,
        endpoint: Endpoint,
        incoming: Incoming,
        body: Body,
        trace: Trace,
        trouble: Trouble | None,
    ) -> Reply:
        if trouble is not None and (met := trouble.meet(incoming, endpoint, trace)) is not None:
            return met
        if incoming.method == "OPTIONS" and endpoint.for_programs:
            trace.login_id = ""
            return preflight(endpoint, incoming, trace)
        if incoming.method not in endpoint.methods:
            return _wrong_method(endpoint, incoming, trace)
        if body.wrong:
            return self._unreadable(endpoint, incoming, trace, "US-W5", body.wrong, body.status)
        try:
            return await endpoint.handler(incoming, self._site, trace)
        except UnreadableForm as error:
            return self._unreadable(endpoint, incoming, trace, "US-W5", str(error))
        except UnreadableParameters as error:
            return self._unreadable(endpoint, incoming, trace, "US-W6", str(error))

    def _note_repetition(self, request: web.BaseRequest, trace: Trace) -> None:
        """Tell apart what the window sends again; the request itself shows nothing of it."""
        transport = request.transport
        peer = transport.get_extra_info("peername") if transport is not None else None
        trace.again = again = self._site.core.resends.coming_from(peer)
        if again is not None:
            because = "the window sent this request again"
            because += f", with other {again.edited}" if again.edited else ", as it was"
            trace.checks.note(SENT_AGAIN, because)

    def _incoming(self, request: web.BaseRequest, seen: Seen, body: Body) -> Incoming:
        headers = by_lower_name(header_pairs(request.headers))
        return Incoming(
            method=request.method,
            path=seen.path,
            query=seen.query,
            headers=headers,
            body=body.data,
            origin=seen.origin,
            peer=request.remote or "",
            pool_id=self._pool_of(seen.host),
            cookies=parse_cookies(headers.get("cookie", "")),
            gone=connection_of(request).gone,
        )

    def _pool_of(self, host: str) -> str | None:
        """The pool whose own name `{prefix}.auth.localhost` the host is."""
        prefix, dot, rest = host.partition(".")
        if not dot or rest != "auth.localhost":
            return None
        domain = self._site.core.store.domains.get(prefix)
        return domain.user_pool_id if domain is not None else None

    def _unreadable(
        self,
        endpoint: Endpoint,
        incoming: Incoming,
        trace: Trace,
        rule: str,
        because: str,
        status: int = 400,
    ) -> Reply:
        trace.checks.require(rule, False, got=because)
        delivery = Delivery.JSON if endpoint.for_programs else Delivery.PAGE
        refused = trace.refused(Refused("invalid_request", rule, because, delivery, status=status))
        return self._render(refused, endpoint, incoming)

    def _faulty(self, endpoint: Endpoint, incoming: Incoming, trace: Trace) -> Reply:
        trace.checks.require("US-W7", False, because="see the log; please report this fault")
        delivery = Delivery.JSON if endpoint.for_programs else Delivery.PAGE
        refused = trace.refused(
            Refused("server_error", "US-W7", "a fault in the program", delivery, status=500)
        )
        return self._render(refused, endpoint, incoming)

    def _render(self, refused: Refused, endpoint: Endpoint, incoming: Incoming) -> Reply:
        if endpoint.for_programs:
            return self._site.renderer.json(refused)
        return self._site.renderer.refusal(refused, incoming)


def _headers(reply: Reply, exchange_id: str) -> Headers:
    cookies = [("Set-Cookie", value) for value in reply.set_cookies]
    kind = [("Content-Type", reply.content_type)] if reply.content_type is not None else []
    usual: Headers = DOMAIN_HEADERS
    if reply.without:
        usual = tuple(pair for pair in usual if pair[0].lower() not in reply.without)
    return (
        ("x-amz-cognito-request-id", exchange_id),
        *usual,
        *reply.headers,
        *cookies,
        *kind,
    )


def _turned_away(seen: TurnedAway, trace: Trace) -> Reply:
    trace.step, trace.login_id = "turned away", ""
    trace.checks.require(seen.rule, False, got=seen.because)
    trace.refused(Refused("turned_away", seen.rule, seen.because, Delivery.PAGE))
    return text_reply(seen.status, seen.text)


def _nothing_there(seen: Seen, trace: Trace) -> Reply:
    trace.step, trace.login_id = "unknown path", ""
    because = _almost(seen.path)
    trace.checks.require("US-W3", False, got=seen.path[:200], because=because)
    trace.refused(Refused("not_found", "US-W3", because or "no endpoint has this path"))
    return text_reply(404, "Not Found")


def _almost(path: str) -> str:
    """What a near miss of a path was meant to be."""
    if path.endswith("/.well-known/oauth-authorization-server"):
        return "the real service does not serve this either (DC-4)"
    for candidate in ("/oauth2/userInfo", "/oauth2/token", "/oauth2/authorize", "/oauth2/revoke"):
        if path.lower().rstrip("/") == candidate.lower():
            return f"paths are compared letter by letter: {candidate}"
    return ""


def _wrong_method(endpoint: Endpoint, incoming: Incoming, trace: Trace) -> Reply:
    allowed = ", ".join(endpoint.methods)
    trace.checks.require("US-W4", False, got=incoming.method, expected=allowed)
    trace.refused(Refused("method", "US-W4", f"{incoming.method} is not {allowed}"))
    return Reply(status=405, headers=(("Allow", allowed),))
