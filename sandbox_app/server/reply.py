"""The one place that turns outcomes into HTTP answers (contract oidc 1.3, 4.3, 6.2, 7)."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.flows.outcomes import (
    Answered,
    Done,
    FormShown,
    LoginNeeded,
    SentBack,
    SignedOut,
    Stopped,
)
from sandbox_app.server import cookies
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.pages import LoginPage, NoticePage, Pages

JSON_TYPE = "application/json;charset=UTF-8"
HTML_TYPE = "text/html;charset=UTF-8"
TEXT_TYPE = "text/plain;charset=UTF-8"

_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

DOMAIN_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-XSS-Protection", "1; mode=block"),
    ("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
    ("Pragma", "no-cache"),
    ("Expires", "0"),
    ("X-Frame-Options", "DENY"),
    ("Server", "Server"),
)
"""On every answer of the domain host; HSTS stays away on purpose (contract, deviations)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A finished answer; `set_cookies` are whole `Set-Cookie` values.

    `without` names, in lower case, those of `DOMAIN_HEADERS` that are left out.
    """

    status: int
    body: bytes = b""
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    set_cookies: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders outcomes; holds the page templates and nothing else."""

    pages: Pages = field(default_factory=Pages)

    def json(self, outcome: Answered | Done | Refused) -> Reply:
        """The answer of an endpoint that programs call."""
        if isinstance(outcome, Answered):
            return json_reply(outcome.body, outcome.status)
        if isinstance(outcome, Done):
            return Reply(status=200)
        body = {"error": outcome.error}
        if outcome.description is not None:
            body["error_description"] = outcome.description
        if outcome.delivery is Delivery.BEARER:
            # The value starts with `error=`, without the scheme word `Bearer` (contract 7).
            value = ", ".join(f'{name}="{text}"' for name, text in body.items())
            return json_reply(body, outcome.status, (("WWW-Authenticate", value),))
        return json_reply(body, outcome.status)

    def refusal(self, refused: Refused, incoming: Incoming) -> Reply:
        """A refusal that a browser sees: a way to `/error`, or a page at once."""
        if refused.delivery is Delivery.ERROR_PAGE:
            return redirect(error_location(refused.error, incoming))
        if refused.rule == "LG-2":
            return self._page(self.pages.bad_csrf(), refused.status)
        return self._page(self.pages.error(refused.description), refused.status)

    def sent_back(self, outcome: SentBack, incoming: Incoming, now: datetime) -> Reply:
        """The way back to the app; a sign-in also brings the session cookie.

        Args:
            now: the machine's time, by which browsers judge the cookie.
        """
        if outcome.session_cookie is None:
            return redirect(outcome.location)
        session = cookies.set_session(outcome.session_cookie, now=now, secure=incoming.secure)
        return redirect(outcome.location, (session,))

    def login_needed(self, outcome: LoginNeeded, incoming: Incoming) -> Reply:
        """The way to the sign-in page, parameters carried along."""
        return redirect(f"{incoming.origin}/login?{outcome.query}")

    def form(self, outcome: FormShown) -> Reply:
        """The sign-in page."""
        page = LoginPage(
            query=outcome.query,
            csrf=outcome.csrf,
            username=outcome.username,
            message=outcome.message or None,
            placeholder=outcome.placeholder,
        )
        return self._page(self.pages.login(page), outcome.status)

    def stopped(self, outcome: Stopped) -> Reply:
        """The page that says why a right password leads nowhere yet."""
        page = NoticePage(status=outcome.status, username=outcome.username, query=outcome.query)
        return self._page(self.pages.notice(page), 200)

    def signed_out(self, outcome: SignedOut, incoming: Incoming) -> Reply:
        """The way out; the cookie goes when no pool has a session in it any more."""
        cleared = (cookies.clear_session(secure=incoming.secure),) if outcome.cookie_spent else ()
        return redirect(outcome.location, cleared)

    def error_page(self, message: str | None) -> Reply:
        """The page behind `/error`, always 400 (contract 4.2)."""
        return self._page(self.pages.error(message), 400)

    def own_page(self, heading: str, lines: tuple[str, ...], status: int) -> Reply:
        """A page of the sandbox itself, which the real service does not have."""
        return self._page(self.pages.own_notice(heading, lines), status)

    def _page(self, html: str, status: int) -> Reply:
        return Reply(
            status=status,
            body=html.encode(),
            content_type=HTML_TYPE,
            headers=(("Content-Security-Policy", self.pages.content_security_policy),),
        )


def json_reply(
    body: dict[str, Any], status: int = 200, headers: tuple[tuple[str, str], ...] = ()
) -> Reply:
    """Compact JSON, members in the order given."""
    return Reply(
        status=status, body=_compact(body).encode(), content_type=JSON_TYPE, headers=headers
    )


def issuer_reply(outcome: Answered | Refused) -> Reply:
    """An answer of the issuer host, which speaks the JSON API's dialect, not OAuth's.

    The body of a refusal is inferred (DC-5).
    """
    if isinstance(outcome, Answered):
        return json_reply(outcome.body, outcome.status)
    return json_reply({"message": outcome.description or outcome.error}, outcome.status)


def redirect(location: str, set_cookies: tuple[str, ...] = ()) -> Reply:
    """302 with an empty body, as the domain host sends it (contract AZ-23)."""
    return Reply(status=302, headers=(("Location", location),), set_cookies=set_cookies)


def text_reply(status: int, text: str) -> Reply:
    """Plain text, for what no endpoint of the real service answers."""
    return Reply(status=status, body=text.encode(), content_type=TEXT_TYPE)


def error_location(error: str, incoming: Incoming) -> str:
    """`{domain}/error?error=…&client_id=…` (contract AZ-2, AZ-4)."""
    location = f"{incoming.origin}/error?error={quote(error, safe='')}"
    client_id = incoming.query_parameters().get("client_id")
    return location if client_id is None else f"{location}&client_id={quote(client_id, safe='')}"


def with_cookies(reply: Reply, set_cookies: list[str]) -> Reply:
    """The same answer with more cookies."""
    return replace(reply, set_cookies=(*set_cookies, *reply.set_cookies))
