"""The control interface as one handler: who may come in, which route, what it answers.

What is asked here is not the pool's traffic and is never recorded; conditions do not touch it.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.server.control.door import let_in
from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.reading import body_of, query_of
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.edge.authority import Seen
from sandbox_app.server.incoming import header_pairs
from sandbox_app.server.recorder import by_lower_name

log = logging.getLogger(__name__)

HEADERS: Mapping[str, str] = {
    "Server": "Server",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}

Table = tuple[tuple[Route, tuple[str, ...]], ...]
"""Routes, each with the parts of its path."""

_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class Control:
    """Answers below `/_sandbox/` for one sandbox.

    Args:
        token: what a caller has to send.
    """

    def __init__(self, core: Core, token: str) -> None:
        self._core = core
        self._token = token
        self._stream = EventStream(core)
        self._table: Table | None = None

    async def handle(self, request: web.BaseRequest, seen: Seen) -> web.StreamResponse:
        """Answer one request; everything is caught but the client's going away."""
        try:
            headers = by_lower_name(header_pairs(request.headers))
            let_in(request.remote or "", headers, self._token)
            route, named = await self._found(request.method, seen.path)
            asked = Asked(
                request=request,
                core=self._core,
                origin=seen.origin,
                named=named,
                query=query_of(seen.query, route),
                body=await body_of(request, route),
            )
            answer = await route.handler(asked)
            return answer if isinstance(answer, web.StreamResponse) else _json(answer)
        except Mistake as mistake:
            return _mistaken(mistake)
        except ApiError as error:
            # The API's own words under its own name, and where SDKs look for that.
            refused = Mistake(error.code, error.message, field=error.field)
            return _mistaken(refused, {"__type": error.code})
        except ConnectionError:
            raise
        except Exception:
            log.exception("%s %s failed", request.method, seen.path)
            message = "A fault in the program; see its log and please report it."
            return _mistaken(Mistake("fault", message, status=500))

    def close(self) -> None:
        """End what is still being listened to."""
        self._stream.close()

    async def _routes(self) -> Table:
        """The table, imported once somebody was let in, and beside the loop.

        The API's model and the reader of templates take a tenth of a second to import, which most
        sandboxes never need.
        """
        if self._table is None:
            made = await self._core.aside(lambda: _all_routes(self._stream))
            self._table = tuple((route, tuple(route.path.split("/"))) for route in made)
        return self._table

    async def _found(self, method: str, path: str) -> tuple[Route, Mapping[str, str]]:
        """The route, and what the parts in braces stand for.

        Raises:
            Mistake: there is no such path, or it takes other methods.
        """
        parts = path.split("/")
        fitting = [
            (route, named)
            for route, pattern in await self._routes()
            if (named := _matched(pattern, parts)) is not None
        ]
        for route, named in fitting:
            if route.method == method:
                return route, named
        if fitting:
            allowed = ", ".join(sorted({route.method for route, _ in fitting}))
            raise Mistake("method_not_allowed", f"This path takes {allowed}.", status=405)
        raise Mistake(
            "not_found", "There is no such path; /_sandbox/openapi.json lists them.", status=404
        )


def _all_routes(stream: EventStream) -> tuple[Route, ...]:
    from sandbox_app.server.control.table import routes

    return routes(stream)


def _matched(pattern: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    if len(pattern) != len(parts):
        return None
    named: dict[str, str] = {}
    for expected, part in zip(pattern, parts, strict=True):
        if expected.startswith("{"):
            if not part:
                return None
            named[expected[1:-1]] = unquote(part)
        elif expected != part:
            return None
    return named


def _json(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.Response(
        text=_compact({} if body is None else body),
        status=status,
        content_type="application/json",
        headers={**HEADERS, **(headers or {})},
    )


def _mistaken(mistake: Mistake, more: Mapping[str, str] | None = None) -> web.Response:
    body = {"error": mistake.error, "message": mistake.message, **(more or {})}
    if mistake.field is not None:
        body["field"] = mistake.field
    headers = {}
    if mistake.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if mistake.status == 405:
        allowed = mistake.message.removeprefix("This path takes ").removesuffix(".")
        headers["Allow"] = allowed
    return _json(body, mistake.status, headers)
