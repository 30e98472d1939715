"""The demo app under `/_demo/`: a small relying party that lives beside the pool."""

import base64
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from sandbox_app.domain.resources import resource_path
from sandbox_app.flows import addresses
from sandbox_app.operations.core import Core
from sandbox_app.server.edge.authority import Seen
from sandbox_app.workbench import demo

_HEADERS = {
    "Server": "Server",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
_FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "/_demo/": ("index.html", "text/html"),
        "/_demo/callback": ("index.html", "text/html"),
        "/_demo/app.js": ("app.js", "text/javascript"),
        "/_demo/pkce.js": ("pkce.js", "text/javascript"),
        "/_demo/style.css": ("style.css", "text/css"),
    }
)
_TIMEOUT = ClientTimeout(total=10)


class DemoApp:
    """Serves the demo app's files and plays its back end.

    The browser half uses the public client; the machine's secret never leaves this half, which
    asks for its token over real HTTP like any other program.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._folder: Path = resource_path("demo_app")
        self.base_url = ""
        """Where this sandbox listens on loopback; known once it does."""

    async def handle(self, request: web.BaseRequest, seen: Seen) -> web.StreamResponse:
        """Answer a request below `/_demo/`."""
        if seen.path == "/_demo":
            return web.Response(status=302, headers={**_HEADERS, "Location": demo.HOME})
        if seen.path == "/_demo/settings.json" and request.method == "GET":
            return self._settings(seen.origin)
        if seen.path == "/_demo/machine-to-machine" and request.method == "POST":
            return await self._machine_to_machine(request, seen.origin)
        file = _FILES.get(seen.path)
        if file is None:
            return web.Response(status=404, text="Not Found", headers=_HEADERS)
        if request.method != "GET":
            return web.Response(status=405, headers={**_HEADERS, "Allow": "GET"})
        name, content_type = file
        text = (self._folder / name).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=content_type, headers=_HEADERS)

    def _settings(self, origin: str) -> web.Response:
        found = demo.demo_clients(self._core)
        if found is None:
            return _json({"problem": "This workspace has no client marked for the demo app."})
        problem = demo.follow_origin(self._core, origin)
        if problem is not None:
            words = f"The demo app cannot run on {origin}: its callback there {problem}."
            return _json({"problem": f"{words} Open it on localhost, or over https."})
        return _json(
            {
                "pool": found.pool.name,
                "client": found.client.client_name,
                "clientId": found.client.client_id,
                "machine": found.machine.client_name if found.machine else None,
                "issuer": addresses.issuer(found.pool, origin),
                "scope": " ".join(found.client.allowed_oauth_scopes),
                "callback": f"{origin}{demo.CALLBACK}",
                "home": f"{origin}{demo.HOME}",
                "authorize": f"{origin}/oauth2/authorize",
                "token": f"{origin}/oauth2/token",
                "userInfo": f"{origin}/oauth2/userInfo",
                "revoke": f"{origin}/oauth2/revoke",
                "logout": f"{origin}/logout",
            }
        )

    async def _machine_to_machine(self, request: web.BaseRequest, origin: str) -> web.Response:
        # A form of another site can post here, but cannot add a header of its own.
        if request.headers.get("X-Demo") != "1" or request.headers.get("Origin") != origin:
            return _json({"problem": "Only the demo app itself may ask for this."}, status=403)
        found = demo.demo_clients(self._core)
        if found is None or found.machine is None:
            return _json({"problem": "This workspace has no machine-to-machine client."})
        machine = found.machine
        secret = machine.client_secrets[0].client_secret_value
        port = urlsplit(self.base_url).port
        pair = base64.b64encode(f"{machine.client_id}:{secret}".encode()).decode()
        try:
            async with (
                ClientSession(timeout=_TIMEOUT) as session,
                session.post(
                    f"{self.base_url}/oauth2/token",
                    data={"grant_type": "client_credentials"},
                    # By that name the token has the issuer that the app's own tokens have.
                    headers={"Authorization": f"Basic {pair}", "Host": f"localhost:{port}"},
                ) as answer,
            ):
                return _json({"status": answer.status, "body": await answer.json()})
        except ClientError as error:
            return _json({"problem": f"The sandbox did not answer: {error}"})


def _json(body: object, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, headers=_HEADERS)
