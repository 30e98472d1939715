"""One exchange as the diagram reads it: between whom, with which parameters, leading where."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.login import SIGN_IN_AS, is_refusal
from sandbox_app.workbench.live.messages import form_of, fragment_of, header, query_of
from sandbox_app.workbench.live.sequence.parts import Lane
from sandbox_app.workbench.live.words import showable

_BROWSER_STEPS = frozenset({"authorize", "login", "logout", "error page", SIGN_IN_AS})
_APP_STEPS = frozenset({"token", "userInfo", "revoke", "discovery", "key set"})
_RETURNS = frozenset({"/oauth2/idpresponse", "/saml2/idpresponse", "/saml2/logout"})
"""Where a browser comes back from a provider (contract federation 2.4, 4.3, 4.4)."""

_PROVIDER = "provider"
_JSON_TYPES = ("application/json", "text/json")
_SESSION = "cognito"
_LONGEST_WORDS = 160


class Goal(StrEnum):
    """Where a redirect leads."""

    NOWHERE = "nowhere"
    POOL = "pool"
    APP = "app"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the diagram knows of one exchange.

    Args:
        query, form: first values by name; secrets are masked in them already.
        delivered: what a redirect to the app carries; `in_fragment` says where.
        body: the members of a JSON answer.
    """

    exchange: Exchange
    detail: ExchangeDetail | None
    source: Lane
    target: Lane
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    goal: Goal = Goal.NOWHERE
    location: str = ""
    delivered: Mapping[str, str] = field(default_factory=dict)
    in_fragment: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def step(self) -> str:
        """The procedure's name."""
        return self.exchange.step

    @property
    def refused(self) -> bool:
        """Whether the pool turned it down."""
        return is_refusal(self.exchange)

    @property
    def is_preflight(self) -> bool:
        """Whether a browser only asks for permission."""
        return self.exchange.method == "OPTIONS"

    @property
    def grant(self) -> str:
        """The grant type that was asked for at the token endpoint."""
        return self.form.get("grant_type") or self.query.get("grant_type") or self.exchange.grant

    @property
    def goal_words(self) -> str:
        """The goal of a redirect without its query: a path, or host and path elsewhere."""
        return address_words(self.location, keep_host=self.goal is Goal.PROVIDER)

    @property
    def from_page(self) -> bool:
        """Whether a script in a page called, as browsers say by `Origin`."""
        return bool(self.request_header("origin"))

    @property
    def with_basic(self) -> bool:
        """Whether the client proves itself in the header."""
        return self.request_header("authorization").lower().startswith("basic")

    @property
    def bearer(self) -> str:
        """The token in the header; empty without one."""
        scheme, _, token = self.request_header("authorization").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    @property
    def has_session(self) -> bool:
        """Whether the browser brought a session cookie."""
        return any(
            name.strip() == _SESSION and value.strip(' "')
            for part in self.request_header("cookie").split(";")
            for name, _, value in [part.partition("=")]
        )

    @property
    def sets_session(self) -> bool:
        """Whether the answer brings one."""
        return any(value not in ("", '""') for value in self._session_cookies())

    @property
    def clears_session(self) -> bool:
        """Whether the answer takes it away."""
        return any(value in ("", '""') for value in self._session_cookies())

    def asked(self, name: str) -> str:
        """A parameter of the body, or else of the query."""
        return self.form.get(name) or self.query.get(name) or ""

    def request_header(self, name: str) -> str:
        """The first header of that name in the request."""
        return header(self.detail.request.headers, name) if self.detail is not None else ""

    def checked(self, rule: str) -> bool:
        """Whether this very rule was applied to the request."""
        checks = self.detail.checks if self.detail is not None else ()
        return any(check.rule == rule for check in checks)

    def _session_cookies(self) -> list[str]:
        if self.detail is None:
            return []
        return [
            value.partition("=")[2].partition(";")[0]
            for name, value in self.detail.response.headers
            if name.lower() == "set-cookie" and value.startswith(f"{_SESSION}=")
        ]


def read(exchange: Exchange, detail: ExchangeDetail | None) -> Reading:
    """Read an exchange; without its detail, what its row alone says."""
    source, target = _parties(exchange, detail)
    if detail is None:
        return Reading(exchange, None, source, target)
    query = _first(query_of(detail.target))
    location = header(detail.response.headers, "location") if exchange.status < 400 else ""
    goal = _goal(location, query, detail.origin)
    fragment = fragment_of(location) if goal is Goal.APP else ()
    delivered = fragment or (query_of(location) if goal is not Goal.POOL else ())
    return Reading(
        exchange,
        detail,
        source,
        target,
        query,
        _first(form_of(detail.request)),
        goal,
        location,
        _first(delivered),
        bool(fragment),
        _json_body(detail),
    )


def is_from_browser(exchange: Exchange, detail: ExchangeDetail | None) -> bool:
    """Whether the browser asked, and not the app itself."""
    return _parties(exchange, detail)[0] is Lane.BROWSER


def address_words(url: str, *, keep_host: bool = False) -> str:
    """An address without query and fragment; host and scheme only where the path is not enough."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https"):
        words = f"{parts.netloc if keep_host else ''}{parts.path or '/'}"
    else:
        words = url.partition("?")[0].partition("#")[0]
    return showable(words)[:_LONGEST_WORDS]


def _parties(exchange: Exchange, detail: ExchangeDetail | None) -> tuple[Lane, Lane]:
    navigates = detail is not None and "text/html" in header(detail.request.headers, "accept")
    if exchange.step.startswith(_PROVIDER):
        return (Lane.BROWSER if navigates else Lane.POOL), Lane.PROVIDER
    if exchange.method == "OPTIONS":
        return Lane.BROWSER, Lane.POOL
    if exchange.step in _BROWSER_STEPS or exchange.path in _RETURNS:
        return Lane.BROWSER, Lane.POOL
    if exchange.step in _APP_STEPS or not navigates:
        return Lane.APP, Lane.POOL
    return Lane.BROWSER, Lane.POOL


def _goal(location: str, query: Mapping[str, str], origin: str) -> Goal:
    """The app's own addresses come first: the built-in demo app lives at the pool's origin."""
    if not location:
        return Goal.NOWHERE
    for name in ("redirect_uri", "logout_uri"):
        registered = query.get(name, "")
        if registered and _leads_to(location, registered, ("", "?", "#", "&")):
            return Goal.APP
    if location.startswith("/") or _leads_to(location, origin, ("", "?", "#", "/")):
        return Goal.POOL
    return Goal.PROVIDER


def _leads_to(location: str, address: str, ends: tuple[str, ...]) -> bool:
    return location.startswith(address) and location[len(address) :][:1] in ends


def _first(pairs: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def _json_body(detail: ExchangeDetail) -> Mapping[str, Any]:
    kind = header(detail.response.headers, "content-type").partition(";")[0].strip().lower()
    if kind not in _JSON_TYPES:
        return {}
    try:
        found = json.loads(detail.response.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
