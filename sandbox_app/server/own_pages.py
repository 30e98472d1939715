"""What is ours alone and never recorded: health, control, the demo app, and the browsers' icon.

Signing in without a password is ours as well, but happens to the pool, so it is an endpoint.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox_app.domain.resources import resource_path
from sandbox_app.server.edge.authority import Seen
from sandbox_app.workbench.sign_in_as import PATH as SIGN_IN_AS

_ICON_COLOUR = "#4150C8"

Handler = Callable[[web.BaseRequest, Seen], Awaitable[web.StreamResponse]]


class OwnPages:
    """Answers below `/_sandbox/` and `/_demo/`; everything else is the pool's."""

    def __init__(self, demo: Handler, control: Handler) -> None:
        self._demo = demo
        self._control = control

    async def __call__(self, request: web.BaseRequest, seen: Seen) -> web.StreamResponse | None:
        """The answer, or `None` where the path is not ours."""
        if seen.path.startswith("/_demo/") or seen.path == "/_demo":
            return await self._demo(request, seen)
        if seen.path == "/_sandbox/health":
            return _health(request)
        if seen.path.startswith("/_sandbox/") and seen.path != SIGN_IN_AS:
            return await self._control(request, seen)
        if seen.path == "/favicon.ico" and request.method in ("GET", "HEAD"):
            return self._icon()
        return None

    def _icon(self) -> web.Response:
        # Every browser asks for it unasked; as an unknown path it would be the first refusal a
        # newcomer sees.
        drawing = resource_path("icons/logo.svg").read_text(encoding="utf-8")
        return web.Response(
            text=drawing.replace("currentColor", _ICON_COLOUR),
            content_type="image/svg+xml",
            headers={"Server": "Server", "Cache-Control": "max-age=86400"},
        )


def _health(request: web.BaseRequest) -> web.StreamResponse:
    headers = {"Server": "Server", "Cache-Control": "no-store"}
    if request.method not in ("GET", "HEAD"):
        return web.Response(status=405, headers={**headers, "Allow": "GET, HEAD"})
    return web.json_response({"status": "ok"}, headers=headers)
