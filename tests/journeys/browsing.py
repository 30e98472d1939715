"""What a browser visits in a journey, and what is kept of the way there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from aiohttp import web
from playwright.async_api import BrowserContext

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.records.users import User
from sandbox_app.tokens.pkce import challenge_of
from tests.journeys.reconfiguring import change_client

APP_PAGE = """<!DOCTYPE html><html lang="en"><head><title>The app</title></head>
<body><h1>Back at the app</h1></body></html>"""


@asynccontextmanager
async def serving_app() -> AsyncIterator[str]:
    """Somebody's app: one page under every path. Yields its origin."""

    async def answer(request: web.BaseRequest) -> web.Response:
        return web.Response(text=APP_PAGE, content_type="text/html")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


@dataclass(slots=True)
class Place:
    """A sandbox that serves, an app's origin, and every exchange recorded so far."""

    sandbox: Sandbox
    app: str
    seen: list[tuple[Exchange, ExchangeDetail]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sandbox.core.bus.subscribe(
            ExchangeFinished, lambda event: self.seen.append((event.exchange, event.detail))
        )

    @property
    def http(self) -> str:
        assert self.sandbox.http is not None
        return self.sandbox.http

    @property
    def https(self) -> str:
        assert self.sandbox.https is not None
        return self.sandbox.https

    def client(self, name: str) -> Any:
        """The client of that name, in any pool."""
        store = self.sandbox.core.store
        clients = (each for pool in store.pools.all() for each in store.clients.of_pool(pool.id))
        return next(client for client in clients if client.client_name == name)

    def user(self, username: str) -> User:
        """A user of the demo pool."""
        pool = self.client("spa").user_pool_id
        user = self.sandbox.core.store.users.find(pool, username)
        assert user is not None
        return user

    def lead_to_app(self, name: str) -> None:
        """Register the app's callback and sign-out address with a client."""
        urls = {"CallbackURLs": [f"{self.app}/callback"], "LogoutURLs": [f"{self.app}/"]}
        change_client(self.sandbox.core, self.client(name), **urls)

    def asking(self, name: str, origin: str = "", **changes: str) -> str:
        """The address that an app sends its browser to, for a client leading to the app."""
        self.lead_to_app(name)
        query = {
            "response_type": "code",
            "client_id": self.client(name).client_id,
            "redirect_uri": f"{self.app}/callback",
            "scope": "openid email",
            "state": f"state of {name}",
            "code_challenge": challenge_of("v" * 43),
            "code_challenge_method": "S256",
            **changes,
        }
        return f"{origin or self.http}/oauth2/authorize?{urlencode(query)}"

    def leaving(self, name: str, **parameters: str) -> str:
        """The address that signs out of a client's pool."""
        query = {"client_id": self.client(name).client_id, **parameters}
        return f"{self.http}/logout?{urlencode(query)}"

    @property
    def steps(self) -> list[str]:
        """The procedures gone through, in order."""
        return [exchange.step for exchange, _ in self.seen]

    @property
    def refusals(self) -> list[str]:
        """The first rule that failed in each refused exchange."""
        return [
            next(check.rule for check in detail.checks if check.verdict is Verdict.REFUSED)
            for exchange, detail in self.seen
            if exchange.rule
        ]


@dataclass(slots=True)
class Watch:
    """Keeps what a browser profile requests and complains of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Begin to watch."""
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", lambda message: self._heard(message.text))

    def _heard(self, text: str) -> None:
        if "Content Security Policy" in text or "Mixed Content" in text:
            self.complaints.append(text)

    def finds_nothing_wrong(self) -> None:
        """No host but this machine was asked for anything, and no page broke its own rules."""
        hosts = {urlsplit(url).hostname or "" for url in self.requests}
        local = {"localhost", "127.0.0.1", "::1"}
        assert {host for host in hosts if not host.endswith(".localhost")} <= local
        assert self.complaints == []

    @property
    def paths(self) -> list[str]:
        return [urlsplit(url).path for url in self.requests]
