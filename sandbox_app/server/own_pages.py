"""What is ours alone and never recorded: `/_sandbox/health`, and the demo app under `/_demo/`."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox_app.server.edge.authority import Seen

DemoHandler = Callable[[web.BaseRequest, Seen], Awaitable[web.StreamResponse]]


class OwnPages:
    """Answers below `/_sandbox/` and `/_demo/`; everything else is the pool's."""

    def __init__(self, demo: DemoHandler) -> None:
        self._demo = demo

    async def __call__(self, request: web.BaseRequest, seen: Seen) -> web.StreamResponse | None:
        """The answer, or `None` where the path is not ours."""
        if seen.path.startswith("/_demo/") or seen.path == "/_demo":
            return await self._demo(request, seen)
        if seen.path.startswith("/_sandbox/"):
            return _sandbox(request, seen)
        return None


def _sandbox(request: web.BaseRequest, seen: Seen) -> web.StreamResponse:
    headers = {"Server": "Server", "Cache-Control": "no-store"}
    if seen.path != "/_sandbox/health":
        return web.Response(status=404, text="Not Found", headers=headers)
    if request.method not in ("GET", "HEAD"):
        return web.Response(status=405, headers={**headers, "Allow": "GET, HEAD"})
    return web.json_response({"status": "ok"}, headers=headers)
