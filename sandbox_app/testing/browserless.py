"""A whole sign-in without a browser: every request a browser and an app would send, over HTTP."""

import base64
import json
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.operations.core import Core
from sandbox_app.testing.signed_in import Client, Tokens
from sandbox_app.tokens.pkce import challenge_of
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.reasons import Why, recent_logins, why_of

_FORM = re.compile(r'<form action="([^"]+)" method="POST"')
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
_LATEST = 400
"""Exchanges among which the refused one is looked for."""


class SignInRefused(Exception):
    """A sign-in brought no tokens; the text says why, as the window would.

    `why` is `None` where there was no answer: the connection was lost, or patience ran out.
    """

    def __init__(self, message: str, why: Why | None = None) -> None:
        super().__init__(message)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Who signs in where, and anything unusual about it; `extra` goes into the authorize query."""

    username: str
    password: str = field(repr=False)
    client: Client
    scopes: Iterable[str] | None = None
    redirect_uri: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    text: str
    request: str
    url: str

    @property
    def location(self) -> str:
        return urljoin(self.url, self.headers.get("Location", ""))


class Visit:
    """One browser without a memory of others, and the app it comes from.

    Args:
        origin: where the sandbox listens.
        patience: seconds to wait for each answer.
    """

    def __init__(self, core: Core, origin: str, patience: float) -> None:
        self._core = core
        self._origin = origin
        self._patience = patience

    async def sign_in(self, wish: Wish) -> Tokens:
        """Authorize, fill in the form, come back with a code and trade it for tokens.

        Raises:
            SignInRefused: at whichever step.
        """
        verifier, state = secrets.token_urlsafe(32), secrets.token_urlsafe(16)
        client = wish.client
        redirect_uri = wish.redirect_uri or next(iter(client.redirect_uris), "")
        query = {
            "response_type": "code",
            "client_id": client.id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(client.scopes if wish.scopes is None else wish.scopes),
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
            **wish.extra,
        }
        async with self._session() as browser:
            address = f"{self._origin}/oauth2/authorize?{urlencode(query)}"
            back = await self._through_the_pages(browser, address, redirect_uri, wish)
            told = dict(parse_qsl(urlsplit(back.location).query))
            if "code" not in told:
                raise self._refused(back, told.get("error_description") or told.get("error", ""))
            if told.get("state") != state:
                raise self._refused(back, "the state that came back is not the one that was sent")
            form = {
                "grant_type": "authorization_code",
                "code": told["code"],
                "redirect_uri": redirect_uri,
                "code_verifier": verifier,
            }
            return await self._tokens(browser, form, client)

    async def refresh(self, tokens: Tokens) -> Tokens:
        """Trade the refresh token; the new tokens keep it where it was not rotated.

        Raises:
            SignInRefused: the pool did not.
        """
        if tokens.refresh_token is None:
            raise SignInRefused("these tokens came without a refresh token")
        form = {"grant_type": "refresh_token", "refresh_token": tokens.refresh_token}
        async with self._session() as app:
            fresh = await self._tokens(app, form, tokens.client)
        return Tokens.of({"refresh_token": tokens.refresh_token, **fresh.answer}, tokens.client)

    def _session(self) -> ClientSession:
        return ClientSession(timeout=ClientTimeout(total=self._patience))

    async def _through_the_pages(
        self, browser: ClientSession, address: str, redirect_uri: str, wish: Wish
    ) -> _Answer:
        """The answer that sends the browser back to the app."""
        answer = await self._send(browser, "GET", address)
        if answer.status == 302 and urlsplit(answer.location).path == "/login":
            answer = await self._send(browser, "GET", answer.location)
        found = _FORM.search(answer.text) if answer.status == 200 else None
        if found is not None:
            hidden = {name: unescape(value) for name, value in _HIDDEN.findall(answer.text)}
            fields = {**hidden, "username": wish.username, "password": wish.password}
            action = urljoin(answer.url, unescape(found[1]))
            answer = await self._send(browser, "POST", action, data=fields)
        if answer.status != 302 or not answer.location.startswith(redirect_uri or "\0"):
            raise self._refused(answer)
        return answer

    async def _tokens(self, app: ClientSession, form: Mapping[str, str], client: Client) -> Tokens:
        options: dict[str, Any] = {"data": {**form, "client_id": client.id}}
        if client.secret is not None:
            pair = base64.b64encode(f"{client.id}:{client.secret}".encode()).decode()
            options["headers"] = {"Authorization": f"Basic {pair}"}
        answer = await self._send(app, "POST", f"{self._origin}/oauth2/token", **options)
        if answer.status != 200:
            raise self._refused(answer, answer.text)
        try:
            return Tokens.of(_json_object(answer.text), client)
        except (ValueError, KeyError):
            raise self._refused(answer, "the answer is not that of a token endpoint") from None

    async def _send(self, browser: ClientSession, method: str, url: str, **options: Any) -> _Answer:
        request = f"{method} {urlsplit(url).path}"
        try:
            async with browser.request(method, url, allow_redirects=False, **options) as answer:
                text = await answer.text(errors="replace")
                return _Answer(answer.status, answer.headers, text, request, url)
        except TimeoutError as error:
            message = f"{request}: no answer within {self._patience:g} s"
            raise SignInRefused(message) from error
        except (ClientError, ConnectionError) as error:
            raise SignInRefused(f"{request}: {error or type(error).__name__}") from error

    def _refused(self, answer: _Answer, words: str = "") -> SignInRefused:
        found = self._recorded(answer.headers.get("x-amz-cognito-request-id", ""))
        if found is not None:
            exchange, login = found
            detail = self._core.store.traffic.detail(exchange.id)
            why = why_of(self._core, exchange, detail, login.exchanges)
            if why is not None:
                return SignInRefused(str(why), why)
        shown = f": {words[:300]}" if words else ""
        return SignInRefused(f"{answer.request} was answered {answer.status}{shown}")

    def _recorded(self, exchange_id: str) -> tuple[Exchange, Login] | None:
        logins = reversed(recent_logins(self._core, _LATEST))
        found = ((one, login) for login in logins for one in login.exchanges)
        return next((pair for pair in found if pair[0].id == exchange_id), None)


def _json_object(text: str) -> dict[str, Any]:
    read = json.loads(text)
    if not isinstance(read, dict):
        raise ValueError("no object")
    return read
