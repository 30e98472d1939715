"""Records of traffic as the server leaves them, for tests and screenshots of the Live place."""

import base64
import json
from typing import Any, NamedTuple
from urllib.parse import urlencode

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message

NOW = 1_795_430_527.0
SPA, WEB = "7spa3q8r5l4v1n0k9j8hq2kd", "4web7n2p9c6d1h8j3k5m0rt"
PLANTED = "<img src=file:///etc/hostname><b>bold</b>&amp;"


class Row(NamedTuple):
    """As the traffic log hands it out."""

    sequence: int
    exchange: Exchange


class Log:
    """A traffic log in memory."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.details: dict[str, ExchangeDetail] = {}

    def add(self, exchange: Exchange, detail: ExchangeDetail | None = None) -> Exchange:
        self.rows.append(Row(len(self.rows) + 1, exchange))
        self.details[exchange.id] = detail or a_detail(exchange)
        return exchange

    def page(self, before: int | None, limit: int) -> tuple[Row, ...]:
        bound = before if before is not None else len(self.rows) + 1
        return tuple(reversed([row for row in self.rows if row.sequence < bound]))[:limit]

    def detail(self, exchange_id: str) -> ExchangeDetail | None:
        return self.details.get(exchange_id)

    def clear(self) -> None:
        self.rows.clear()
        self.details.clear()


_count = iter(range(1, 10_000_000))


def an_exchange(**given: Any) -> Exchange:
    """One request; every member can be given."""
    number = next(_count)
    known: dict[str, Any] = {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "started_at": NOW,
        "duration": 2.0,
        "method": "GET",
        "path": "/oauth2/authorize",
        "status": 302,
        "step": "authorize",
        "login_id": "",
        "pool_id": "us-east-1_Demo00001",
        "client_id": WEB,
        "client_name": "web",
    }
    return Exchange(**{**known, **given})


def a_detail(exchange: Exchange, **given: Any) -> ExchangeDetail:
    """The details of a request."""
    known: dict[str, Any] = {
        "exchange_id": exchange.id,
        "target": exchange.path,
        "http_version": "1.1",
        "peer": "127.0.0.1",
        "origin": "http://localhost:9400",
        "request": Message(headers=(("Host", "localhost:9400"), ("User-Agent", "Mozilla/5.0"))),
        "response": Message(headers=(("Cache-Control", "no-store"),)),
    }
    return ExchangeDetail(**{**known, **given})


def a_jwt(payload: dict[str, Any], kid: str = "k1") -> str:
    """A token whose signature means nothing."""
    parts = ({"kid": kid, "alg": "RS256"}, payload)
    encoded = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts
    ]
    return ".".join((*encoded, "c2lnbmF0dXJl"))


def a_jwe() -> str:
    """An opaque refresh token."""
    header = base64.urlsafe_b64encode(b'{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}')
    return ".".join((header.decode().rstrip("="), "a" * 200, "b" * 16, "c" * 900, "d" * 22))


def passed(rule: str, got: str = "") -> Check:
    return Check(rule, Verdict.PASSED, got)


def missed(*rules: str) -> tuple[Check, ...]:
    return tuple(Check(rule, Verdict.NOT_REACHED) for rule in rules)


def id_payload(issued: float, name: str = "alice") -> dict[str, Any]:
    """The claims of an ID token, in the real order."""
    return {
        "at_hash": "k3xZqv0o7Y9s2nQmW1uTgA",
        "sub": "8c2f51d0-3a7e-4f60-95de-5de1a7c0b312",
        "cognito:groups": ["admins"],
        "email_verified": True,
        "iss": "http://localhost:9400/us-east-1_Demo00001",
        "cognito:username": name,
        "nonce": "n-0S6_WzA2Mj",
        "origin_jti": "3be1c7aa-0d52-4d2e-b9d1-f2a6c4080000",
        "aud": WEB,
        "event_id": "d41f8a20-77c5-4b16-8c6b-5e1f9a720000",
        "token_use": "id",
        "auth_time": int(issued),
        "exp": int(issued) + 3600,
        "iat": int(issued),
        "jti": "a90c4e6b-5f18-4b23-a1e8-d60f24d95000",
        "email": f"{name}@example.com",
    }


def a_sign_in(
    log: Log, login_id: str, start: float, *, user: str = "alice", client: str = "web"
) -> list[Exchange]:
    """Authorize, form, password, tokens, userInfo."""
    client_id = {"spa": SPA, "web": WEB}.get(client, client)
    known: dict[str, Any] = {
        "login_id": login_id,
        "client_name": client,
        "client_id": client_id,
        "grant": "code",
    }
    authorize = an_exchange(started_at=start, **known)
    form = an_exchange(path="/login", step="login", status=200, started_at=start + 0.1, **known)
    sent = an_exchange(
        path="/login", step="login", method="POST", username=user, started_at=start + 5, **known
    )
    token = an_exchange(
        path="/oauth2/token",
        step="token",
        method="POST",
        status=200,
        username=user,
        started_at=start + 6,
        duration=4.0,
        **{**known, "grant": "authorization_code"},
    )
    info = an_exchange(
        path="/oauth2/userInfo",
        step="userInfo",
        status=200,
        username=user,
        started_at=start + 6.3,
        **{**known, "grant": ""},
    )
    for exchange in (authorize, form, sent, info):
        log.add(exchange, a_detail(exchange, checks=(passed("AZ-1"), passed("AZ-2", client))))
    issued = start + 6
    access = {
        "sub": "8c2f51d0",
        "token_use": "access",
        "scope": "openid email",
        "exp": int(issued) + 3600,
        "iat": int(issued),
        "client_id": client_id,
    }
    body = {
        "id_token": a_jwt(id_payload(issued, user)),
        "access_token": a_jwt(access),
        "refresh_token": a_jwe(),
        "expires_in": 3600,
        "token_type": "Bearer",
    }
    fields = {
        "grant_type": "authorization_code",
        "code": "c0de-4711",
        "redirect_uri": "http://localhost:5173/callback",
        "client_secret": "(masked)",
    }
    text, form_text = json.dumps(body).encode(), urlencode(fields).encode()
    log.add(
        token,
        a_detail(
            token,
            request=Message(
                headers=(
                    ("Host", "localhost:9400"),
                    ("Content-Type", "application/x-www-form-urlencoded"),
                ),
                body=form_text,
                size=len(form_text),
            ),
            response=Message(
                headers=(("Content-Type", "application/json"),), body=text, size=len(text)
            ),
            checks=(
                passed("TK-1", "authorization_code"),
                passed("TK-2", "authorization_code"),
                passed("TK-3", client_id),
                passed("TK-4", f"{client}, confidential"),
                passed("TK-5", "secret in the body"),
                passed("TK-7"),
                passed("TC-6", "code"),
                passed("TC-1"),
                passed("TC-2", client_id),
                passed("TC-3", "http://localhost:5173/callback"),
                passed("TC-4", "43 characters"),
                passed("TC-7"),
                Check("TK-8", Verdict.NOTED, because="the client proved itself first"),
            ),
        ),
    )
    return [authorize, form, sent, token, info]


def a_redirect_mismatch(log: Log, login_id: str, start: float) -> list[Exchange]:
    """A trailing slash too many."""
    known: dict[str, Any] = {"login_id": login_id, "client_name": "spa", "client_id": SPA}
    refused = an_exchange(
        started_at=start, duration=3.0, rule="AZ-4", error="redirect_mismatch", **known
    )
    page = an_exchange(
        path="/error",
        step="error page",
        status=400,
        started_at=start + 0.003,
        duration=1.0,
        **known,
    )
    query = urlencode(
        {
            "response_type": "code",
            "client_id": SPA,
            "scope": "openid email",
            "state": "xyz",
            "redirect_uri": "http://localhost:5173/callback/",
            "code_challenge_method": "S256",
        }
    )
    log.add(
        refused,
        a_detail(
            refused,
            target=f"/oauth2/authorize?{query}",
            because="redirect_uri is not registered",
            checks=(
                passed("AZ-1", f"client_id={SPA}"),
                passed("AZ-2", "spa, public"),
                passed("AZ-3"),
                Check(
                    "AZ-4",
                    Verdict.REFUSED,
                    "http://localhost:5173/callback/",
                    "http://localhost:5173/callback, http://localhost:5173/silent",
                ),
                *missed("AZ-5", "AZ-6", "AZ-7", "AZ-8", "AZ-9", "AZ-10", "AZ-11", "AZ-12", "AZ-13"),
            ),
        ),
    )
    log.add(page, a_detail(page, target="/error?error=redirect_mismatch&client_id=" + SPA))
    return [refused, page]


def a_machine_token(log: Log, login_id: str, start: float) -> list[Exchange]:
    """client_credentials."""
    token = an_exchange(
        path="/oauth2/token",
        step="token",
        method="POST",
        status=200,
        login_id=login_id,
        client_name="m2m",
        client_id="m2m",
        grant="client_credentials",
        started_at=start,
        duration=3.0,
    )
    return [log.add(token)]


def a_wrong_password(log: Log, login_id: str, start: float) -> list[Exchange]:
    """Refused on the page."""
    known: dict[str, Any] = {"login_id": login_id, "grant": "code"}
    shown = [
        an_exchange(started_at=start, **known),
        an_exchange(path="/login", step="login", status=200, started_at=start + 0.1, **known),
        an_exchange(
            path="/login",
            step="login",
            method="POST",
            status=200,
            started_at=start + 9,
            username="carol",
            rule="HU-4.1-8",
            error="sign_in_failed",
            **known,
        ),
    ]
    for exchange in shown:
        log.add(exchange)
    return shown


def a_waiting_one(log: Log, login_id: str, start: float) -> list[Exchange]:
    """On the sign-in page."""
    known: dict[str, Any] = {"login_id": login_id, "grant": "code"}
    shown = [
        an_exchange(started_at=start, **known),
        an_exchange(path="/login", step="login", status=200, started_at=start + 0.1, **known),
    ]
    for exchange in shown:
        log.add(exchange)
    return shown


def a_morning(log: Log) -> list[Exchange]:
    """What the pictures show."""
    discovery = an_exchange(
        path="/us-east-1_Demo00001/.well-known/openid-configuration",
        step="discovery",
        status=200,
        client_id="",
        client_name="",
        started_at=NOW - 900,
    )
    log.add(discovery)
    return [
        discovery,
        *a_sign_in(log, "l1", NOW - 760, user="bob", client="spa"),
        *a_sign_in(log, "l2", NOW - 720),
        *a_sign_in(log, "l3", NOW - 640, client="spa"),
        *a_wrong_password(log, "l4", NOW - 200),
        *a_machine_token(log, "l5", NOW - 115),
        *a_sign_in(log, "l6", NOW - 96),
        *a_redirect_mismatch(log, "l7", NOW - 12),
        *a_waiting_one(log, "l8", NOW),
    ]
