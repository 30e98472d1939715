"""A browser and an app in a few lines, over real HTTP and without following redirects."""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from aiohttp import ClientResponse, ClientSession, CookieJar
from multidict import CIMultiDict

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.tokens.pkce import challenge_of

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = challenge_of(VERIFIER)
_CSRF = re.compile(r'name="_csrf" value="([^"]+)"')


@dataclass(slots=True)
class Answer:
    """A response read to its end."""

    status: int
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return str(self.headers["Location"])

    @property
    def members(self) -> dict[str, str]:
        """The parameters of the Location's query or fragment."""
        parts = urlsplit(self.location)
        return dict(parse_qsl(parts.query or parts.fragment))

    @property
    def csrf(self) -> str:
        found = _CSRF.search(self.text)
        assert found is not None, self.text
        return found[1]


@dataclass(slots=True)
class Visitor:
    """One browser with its cookies, visiting one sandbox."""

    sandbox: Sandbox
    session: ClientSession
    seen: list[tuple[Exchange, ExchangeDetail]] = field(default_factory=list)

    @property
    def base(self) -> str:
        assert self.sandbox.http is not None
        return self.sandbox.http

    def client(self, name: str) -> Any:
        """The client of that name, in any pool."""
        for pool in self.sandbox.core.store.pools.all():
            for client in self.sandbox.core.store.clients.of_pool(pool.id):
                if client.client_name == name:
                    return client
        raise AssertionError(f"no client {name}")

    async def get(self, path: str, /, *, headers: Any = None, **query: str | None) -> Answer:
        return await self.send("GET", self.address(path, query), headers=headers)

    async def post(
        self, path: str, form: Any = None, /, *, headers: Any = None, data: Any = None
    ) -> Answer:
        body = data if data is not None else form or {}
        return await self.send("POST", self.address(path, {}), headers=headers, data=body)

    async def send(self, method: str, url: str, **options: Any) -> Answer:
        async with self.session.request(method, url, allow_redirects=False, **options) as answer:
            return await _read(answer)

    def address(self, path: str, query: dict[str, str | None]) -> str:
        given = {name: value for name, value in query.items() if value is not None}
        base = "" if path.startswith("http") else self.base
        return f"{base}{path}?{urlencode(given)}" if given else f"{base}{path}"

    def asking(self, client: str = "spa", **changes: str | None) -> dict[str, str | None]:
        """Parameters of a good authorize request, changed; `None` leaves one out."""
        found = self.client(client)
        return {
            "response_type": "code",
            "client_id": found.client_id,
            "redirect_uri": found.callback_urls[0] if found.callback_urls else None,
            "scope": "openid email",
            "state": "st/1 ä",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **changes,
        }

    async def authorize(self, client: str = "spa", **changes: str | None) -> Answer:
        return await self.get("/oauth2/authorize", **self.asking(client, **changes))

    async def form(self, client: str = "spa", **changes: str | None) -> Answer:
        return await self.get("/login", **self.asking(client, **changes))

    async def submit(
        self, username: str, password: str, client: str = "spa", /, **changes: str | None
    ) -> Answer:
        """Open the form and submit it."""
        form = await self.form(client, **changes)
        address = self.address("/login", self.asking(client, **changes))
        fields = {"_csrf": form.csrf, "username": username, "password": password}
        return await self.send("POST", address, data=fields)

    async def code(self, username: str = "alice", client: str = "spa", **changes: Any) -> str:
        """Sign in, or let the session do it, and come back with a code."""
        silent = await self.authorize(client, **changes)
        if "code" in silent.members:
            return silent.members["code"]
        back = await self.submit(username, "Sandbox-1", client, **changes)
        assert back.status == 302, back.text
        return back.members["code"]

    async def exchange(self, code: str, client: str = "spa", /, **changes: str | None) -> Answer:
        """Trade a code, with the client's secret by Basic where it has one."""
        found = self.client(client)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": found.callback_urls[0],
            "code_verifier": VERIFIER,
            "client_id": found.client_id,
            **changes,
        }
        return await self.token(client, **form)

    async def token(self, client: str, **form: str | None) -> Answer:
        headers = self.basic(client) if self.client(client).confidential else None
        given = {name: value for name, value in form.items() if value is not None}
        return await self.post("/oauth2/token", given, headers=headers)

    async def tokens(self, username: str = "alice", client: str = "spa", **changes: Any) -> Any:
        """Sign in and trade the code; the token endpoint's body."""
        answer = await self.exchange(await self.code(username, client, **changes), client)
        assert answer.status == 200, answer.text
        return json_of(answer)

    async def refresh(self, token: str, client: str = "spa") -> Answer:
        return await self.token(
            client,
            grant_type="refresh_token",
            refresh_token=token,
            client_id=self.client(client).client_id,
        )

    async def userinfo(self, token: str) -> Answer:
        return await self.get("/oauth2/userInfo", headers={"Authorization": f"Bearer {token}"})

    def basic(self, client: str, secret: str | None = None) -> dict[str, str]:
        found = self.client(client)
        secret = secret or found.client_secrets[0].client_secret_value
        pair = base64.b64encode(f"{found.client_id}:{secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    @property
    def last(self) -> Exchange:
        """The exchange recorded last."""
        return self.seen[-1][0]

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of the exchange recorded last."""
        return self.seen[-1][1].checks

    @property
    def first_refusal(self) -> str | None:
        """The rule that refused the last request, as Why would show it first."""
        refused = (check.rule for check in self.checks if check.verdict is Verdict.REFUSED)
        return next(refused, None)

    def noted(self, rule: str) -> bool:
        return any(check.rule == rule for check in self.checks)


def new_session() -> ClientSession:
    """A browser without cookies; loopback addresses may set them too."""
    return ClientSession(cookie_jar=CookieJar(unsafe=True, quote_cookie=False))


def json_of(answer: Answer) -> Any:
    """The body as JSON."""
    return json.loads(answer.body)


def query_of(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


async def _read(answer: ClientResponse) -> Answer:
    return Answer(answer.status, CIMultiDict(answer.headers), await answer.read())
