"""Refusals before an endpoint looked at the request."""

import asyncio
from typing import Any

from tests.conftest import DEMO_POOL
from tests.visitor import Visitor
from tests.workbench.live.causes.stage import Row, Stage

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sends(method: str, path: str, **options: Any) -> Any:
    async def drive(stage: Stage) -> object:
        return await stage.visitor.send(method, f"{stage.visitor.base}{path}", **options)

    return drive


def says(*lines: str) -> Any:
    """Exactly these lines on a connection of its own."""

    async def drive(stage: Stage) -> object:
        return await _spoken(stage.visitor, "\r\n".join((*lines, "", "")).encode())

    return drive


async def tls_to_the_plain_port(stage: Stage) -> object:
    return await _spoken(
        stage.visitor, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 8 + b"\r\n\r\n"
    )


async def _spoken(visitor: Visitor, said: bytes) -> bytes:
    port = int(visitor.base.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(said)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


def body(kind: str | None, data: bytes = b"{}") -> Any:
    headers = {} if kind is None else {"Content-Type": kind}
    skip = ["Content-Type"] if kind is None else []
    return sends("POST", "/oauth2/token", data=data, headers=headers, skip_auto_headers=skip)


DISCOVERY = "/.well-known/openid-configuration"

ROWS = (
    Row("US-W1", tls_to_the_plain_port, "HTTPS spoken to the plain port"),
    Row(
        "US-W2",
        says("GET /login HTTP/1.1", "Host: sandbox.internal", "Connection: close"),
        "The request was sent to sandbox.internal",
    ),
    Row("US-W3", sends("GET", "/oauth2/userinfo"), "/oauth2/userInfo is meant: the address"),
    Row("US-W3", sends("POST", "/oauth2/token/"), "/oauth2/token is meant: the address"),
    Row("US-W3", sends("POST", "/oauth/token"), "/oauth2/token is meant. Take addresses"),
    Row("US-W3", sends("POST", "/oauth2/introspect"), "There is no introspection"),
    Row("US-W3", sends("GET", DISCOVERY), "what lies below the issuer begins with it"),
    Row("US-W3", sends("GET", f"/a/{DEMO_POOL}{DISCOVERY}"), "more before the pool's id"),
    Row(
        "US-W3",
        sends(
            "POST", "/", headers={"X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth"}
        ),
        "a call of the JSON API, InitiateAuth",
    ),
    Row("US-W3", sends("GET", "/oauth2/autorize"), "/oauth2/authorize is meant. Take"),
    Row("US-W3", sends("GET", "/favicon.png"), "No endpoint has this path"),
    Row("US-W4", sends("GET", "/oauth2/token"), "Tokens are handed out by POST alone"),
    Row("US-W4", sends("POST", "/oauth2/authorize"), "is visited, not posted to"),
    Row("US-W4", sends("HEAD", "/login"), "Link checkers and previews"),
    Row("US-W4", sends("PUT", "/oauth2/revoke"), "The endpoint takes POST"),
    Row("US-W5", body("application/json"), "The body is JSON"),
    Row("US-W5", body("multipart/form-data; boundary=x"), "The body is multipart"),
    Row("US-W5", body(None), "does not say what its body is"),
    Row("US-W5", body("text/plain"), "The body says to be text/plain"),
    Row("US-W6", body(FORM["Content-Type"], b"code=1&code=2"), "code stands in the request twice"),
    Row("US-W6", body(FORM["Content-Type"], b"code=1%0A"), "a line break"),
    Row(
        "US-W6",
        body(FORM["Content-Type"], b"state=" + b"x" * 17_000),
        "State is no place to keep data",
    ),
    Row("DC-5", sends("GET", f"/us-east-1_demo00001{DISCOVERY}"), "upper and lower case count"),
    Row(
        "DC-5",
        sends("GET", f"/us-east-1_Demo0001{DISCOVERY}"),
        "Perhaps us-east-1_Demo00001 is meant",
    ),
    Row("DC-5", sends("GET", f"/demo{DISCOVERY}"), "This is the pool's name"),
    Row("DC-5", sends("GET", f"/7spa4k1m8v0c3n5b9x6zq2kdpa{DISCOVERY}"), "This is a client's id"),
    Row("DC-5", sends("GET", f"/eu-west-1_Xyz123456{DISCOVERY}"), "of another workspace"),
)
