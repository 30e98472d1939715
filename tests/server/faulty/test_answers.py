"""Answers that a fault gives in the pool's place, as the clients of each endpoint see them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.session import get_session

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.checks import Verdict
from sandbox_app.workbench.conditions.faults import editing
from tests.conftest import DEMO_POOL
from tests.visitor import Answer, Visitor, json_of

KEYS = f"/{DEMO_POOL}/.well-known/jwks.json"


async def test_every_third_token_request_fails_and_the_code_is_still_good(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "POST /oauth2/token → 503 every 3rd")
    await visitor.tokens()
    await visitor.tokens()
    code = await visitor.code()

    failed = await visitor.exchange(code)
    again = await visitor.exchange(code)

    assert (failed.status, json_of(failed)) == (503, {"error": "temporarily_unavailable"})
    assert again.status == 200, "the pool never saw the request that failed"
    [fault] = editing.listed(sandbox.core)
    assert (fault.seen, fault.hits) == (4, 1)


async def test_the_failed_request_is_recorded_with_its_login_and_says_that_it_was_on_purpose(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    code = await visitor.code()
    login_id = visitor.last.login_id
    editing.add(sandbox.core, "token → 400 invalid_grant", name="grumpy tokens")

    await visitor.exchange(code)

    last = visitor.last
    assert (last.fault, last.rule, last.error) == ("grumpy tokens", "US-F1", "invalid_grant")
    assert (last.status, last.client_name, last.username) == (400, "spa", "alice")
    assert last.login_id == login_id
    [check] = [check for check in visitor.checks if check.rule == "US-F1"]
    assert check.verdict is Verdict.REFUSED
    assert check.because.startswith("“grumpy tokens” answered; ")
    assert "the pool never saw the request" in check.because
    stored = sandbox.core.store.traffic.page(None, 1)[0].exchange
    assert stored.fault == "grumpy tokens"


@pytest.mark.parametrize(
    ("place", "word", "path", "status", "body"),
    [
        ("jwks", "500", KEYS, 500, b'{"message":"server_error"}'),
        ("userInfo", "401", "/oauth2/userInfo", 401, b'{"error":"invalid_token"}'),
        ("GET /nothing/*", "404", "/nothing/here", 404, b'{"error":"invalid_request"}'),
        ("any", "429", "/oauth2/userInfo", 429, b'{"error":"too_many_requests"}'),
    ],
)
async def test_each_endpoint_fails_in_its_own_shape(
    sandbox: Sandbox, visitor: Visitor, place: str, word: str, path: str, status: int, body: bytes
) -> None:
    editing.add(sandbox.core, f"{place} → {word}")

    answer = await visitor.get(path)

    assert (answer.status, answer.body) == (status, body)
    assert visitor.last.fault == f"{place} → {word}"


async def test_userinfo_says_its_error_in_the_header_too(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "userInfo → 401 invalid_token")

    answer = await visitor.userinfo("whatever")

    assert answer.headers["WWW-Authenticate"] == 'error="invalid_token"'


async def test_a_page_fails_as_a_page(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "login → 503 out_of_order")

    answer = await visitor.form()

    assert answer.status == 503
    assert answer.headers["Content-Type"] == "text/html;charset=UTF-8"
    assert "out_of_order" in answer.text


async def test_authorize_sends_an_error_to_the_app_with_its_state(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "authorize → 302 server_error")

    back = await visitor.authorize()

    assert back.status == 302
    assert back.location.startswith(visitor.client("spa").callback_urls[0])
    assert back.members == {"state": "st/1 ä", "error": "server_error"}


async def test_no_fault_sends_a_browser_to_a_callback_that_is_not_registered(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    editing.add(sandbox.core, "authorize → 302 server_error")

    back = await visitor.authorize(redirect_uri="https://elsewhere.example/")

    assert back.members["error"] == "redirect_mismatch"
    assert back.location.startswith(f"{visitor.base}/error?")


async def test_other_origins_may_read_the_failure(sandbox: Sandbox, visitor: Visitor) -> None:
    editing.add(sandbox.core, "token → 503")
    origin = {"Origin": "https://app.example"}

    preflight = await visitor.send("OPTIONS", f"{visitor.base}/oauth2/token", headers=origin)
    answer = await visitor.post("/oauth2/token", {}, headers=origin)

    assert preflight.status == 200, "a preflight is nobody's request"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("sentence", "code", "message"),
    [
        ("operation InitiateAuth → 429", "TooManyRequestsException", "Rate exceeded"),
        ("any operation → 400 UserNotFoundException", "UserNotFoundException", "on purpose"),
        ("POST / → 500", "InternalErrorException", "on purpose"),
    ],
)
async def test_an_sdk_meets_the_apis_named_exception(
    sandbox: Sandbox, sentence: str, code: str, message: str
) -> None:
    editing.add(sandbox.core, sentence)
    client = get_session().create_client(
        "cognito-idp",
        region_name="us-east-1",
        endpoint_url=sandbox.http,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}, proxies={}),
    )

    def call() -> None:
        client.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId="x", AuthParameters={})

    with pytest.raises(ClientError) as raised:
        await asyncio.to_thread(call)

    assert raised.value.response["Error"]["Code"] == code
    assert message in raised.value.response["Error"]["Message"]
    # As the real service sends it: SDKs know too many requests as a 400 by its name.
    sent = raised.value.response["ResponseMetadata"]["HTTPStatusCode"]
    assert sent == (500 if "500" in sentence else 400)


@pytest.mark.parametrize("name", ["alice", "alice@example.com"])
async def test_a_fault_finds_its_user_by_whatever_the_request_carries(
    sandbox: Sandbox, visitors: Callable[[], Visitor], name: str
) -> None:
    visitor, other = visitors(), visitors()
    # Counting begins after the sign-in, whose requests are alice's too.
    fault = editing.add(sandbox.core, f"any for user {name} → 418", enabled=False)
    code = await visitor.code("alice")
    editing.switch(sandbox.core, fault.fault.id, True)
    assert (await visitor.exchange(code)).status == 418, "by the code"
    editing.switch(sandbox.core, fault.fault.id, False)
    await visitor.exchange(code)

    statuses = {}
    for kind in ("form", "session", "bearer", "refresh token", "revocation"):
        statuses[kind] = (await asked(sandbox, visitor, fault.fault.id, kind)).status

    assert set(statuses.values()) == {418}, statuses
    editing.switch(sandbox.core, fault.fault.id, True)
    assert (await other.tokens("bob"))["access_token"], "nobody else is concerned"


async def asked(sandbox: Sandbox, visitor: Visitor, fault_id: str, kind: str) -> Answer:
    """One request by which alice can be known, with the fault switched on for it alone."""
    tokens = await visitor.tokens("alice")
    editing.switch(sandbox.core, fault_id, True)
    try:
        if kind == "form":
            form = {"_csrf": "x", "username": "alice", "password": "wrong"}
            address = visitor.address("/login", visitor.asking())
            return await visitor.send("POST", address, data=form)
        if kind == "session":
            return await visitor.authorize()
        if kind == "bearer":
            return await visitor.userinfo(tokens["access_token"])
        if kind == "refresh token":
            return await visitor.refresh(tokens["refresh_token"])
        client_id = visitor.client("spa").client_id
        form = {"token": tokens["refresh_token"], "client_id": client_id}
        return await visitor.post("/oauth2/revoke", form)
    finally:
        editing.switch(sandbox.core, fault_id, False)


@pytest.mark.parametrize("named", ["web", "id"])
async def test_a_fault_finds_its_client_by_id_or_name(
    sandbox: Sandbox, visitor: Visitor, named: str
) -> None:
    name = visitor.client("web").client_id if named == "id" else named
    editing.add(sandbox.core, f"token for client {name} → 418")

    web = await visitor.exchange(await visitor.code("alice", "web"), "web")
    spa = await visitor.exchange(await visitor.code("alice", "spa"), "spa")

    assert (web.status, spa.status) == (418, 200)


async def test_two_sandboxes_in_one_process_have_faults_of_their_own(
    sandbox: Sandbox, visitor: Visitor, tmp_path: Path
) -> None:
    other = Sandbox(Settings(workspace=tmp_path / "b.sandbox", port=0, tls_port=None), tmp_path)
    await other.start()
    editing.add(sandbox.core, "any → 503")

    try:
        here = await visitor.get("/oauth2/userInfo")
        there = await visitor.get(f"{other.http}/oauth2/userInfo")
    finally:
        await other.close()

    assert (here.status, there.status) == (503, 400)
