"""Pools by the API's operations, templates, tokens, sessions and logins: by script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.resources import resource_path
from tests.conftest import DEMO_POOL
from tests.server.control.conftest import Script
from tests.visitor import Visitor, json_of


async def test_an_operation_speaks_the_apis_language(script: Script, visitor: Visitor) -> None:
    made = await script.post(
        "/operations/AdminCreateUser",
        UserPoolId=DEMO_POOL,
        Username="dana",
        UserAttributes=[{"Name": "email", "Value": "dana@example.com"}],
    )
    assert made["User"]["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    done = await script.post(
        "/operations/AdminSetUserPassword",
        UserPoolId=DEMO_POOL,
        Username="dana",
        Password="Sandbox-1",
        Permanent=True,
    )
    assert done == {}

    assert "id_token" in await visitor.tokens("dana")


@pytest.mark.parametrize(
    ("operation", "request_", "code", "field"),
    [
        ("DescribeUserPool", {"UserPoolId": "us-east-1_None"}, "ResourceNotFoundException", None),
        ("DescribeUserPool", {}, "InvalidParameterException", "UserPoolId"),
        ("CreateUserPool", {"PoolNaem": "x"}, "InvalidParameterException", "PoolName"),
        (
            "AdminGetUser",
            {"UserPoolId": DEMO_POOL, "Username": "nobody"},
            "UserNotFoundException",
            "Username",
        ),
    ],
)
async def test_a_refused_operation_has_the_apis_own_name(
    script: Script, operation: str, request_: Any, code: str, field: str | None
) -> None:
    said = await script.ask("POST", f"/operations/{operation}", request_)

    assert (said.status, said.error) == (400, code)
    assert field in (None, said.field)
    assert said.message


async def test_an_unknown_operation_is_guessed_at(script: Script) -> None:
    said = await script.ask("POST", "/operations/AdminCraeteUser", {})

    assert (said.status, said.error) == (404, "not_found")
    assert said.message.endswith("Did you mean AdminCreateUser?")


async def test_a_template_can_be_tried_imported_and_imported_again(script: Script) -> None:
    template = resource_path("seeds/demo.yaml").read_text().replace("Demo00001", "Second001")
    template = template.replace("7spa4k", "7spb4k").replace("4web7n", "4wec7n")
    template = template.replace("2m2m5t", "2m2n5t").replace("Domain: demo", "Domain: second")

    tried = await script.post("/seeds", template=template, name="second", check=True)
    assert {item["outcome"] for item in tried["resources"]} == {"created"}
    assert len((await pools(script))["UserPools"]) == 1

    await script.post("/seeds", template=template, name="second")
    again = await script.post("/seeds", template=template, name="second")
    assert len((await pools(script))["UserPools"]) == 2
    assert {item["outcome"] for item in again["resources"]} == {"unchanged"}


async def pools(script: Script) -> Any:
    return await script.post("/operations/ListUserPools", MaxResults=60)


async def test_a_template_with_a_mistake_names_its_line_and_changes_nothing(
    script: Script,
) -> None:
    template = (
        "Resources:\n  P:\n    Type: AWS::Cognito::UserPool\n"
        "    Properties: {UserPoolName: p, Nonsense: 1}\n"
    )
    said = await script.ask("POST", "/seeds", {"template": template, "name": "broken.yaml"})

    assert (said.status, said.error, said.field) == (400, "invalid", "template")
    assert said.message.startswith("broken.yaml:4: P.Nonsense")


async def test_minted_tokens_are_as_good_as_any(script: Script, visitor: Visitor) -> None:
    made = await script.post("/tokens/mint", client="web", user="alice", nonce="n-7")

    assert made["claims"]["id"]["nonce"] == "n-7"
    assert made["claims"]["id"]["cognito:username"] == "alice"
    assert made["claims"]["access"]["token_use"] == "access"
    assert made["why_refused"] == ""
    about = await visitor.userinfo(made["access_token"])
    assert json_of(about)["email"] == "alice@example.com"
    assert (await visitor.refresh(made["refresh_token"], "web")).status == 200


async def test_tokens_are_minted_for_whom_the_page_would_turn_away(script: Script) -> None:
    """Carol has to change her password first; the answer says so."""
    made = await script.post("/tokens/mint", client="spa", user="carol", scopes=["openid"])

    assert made["claims"]["access"]["scope"] == "openid"
    assert "FORCE_CHANGE_PASSWORD" in made["why_refused"]


async def test_a_machines_token_needs_no_user(script: Script) -> None:
    made = await script.post("/tokens/mint", client="m2m")

    assert "id_token" not in made
    assert set(made["claims"]["access"]["scope"].split()) == {"orders/read", "orders/write"}
    said = await script.ask("POST", "/tokens/mint", {"client": "spa"})
    assert (said.status, said.field) == (400, "user")


async def test_a_token_is_judged_by_this_sandboxs_clock(script: Script, clock: ManualClock) -> None:
    made = await script.post("/tokens/mint", client="spa", user="bob")
    good = await script.post("/tokens/inspect", token=made["id_token"])
    broken = await script.post("/tokens/inspect", token=made["id_token"][:-4] + "AAAA")
    none = await script.post("/tokens/inspect", token="no token")
    opaque = await script.post("/tokens/inspect", token=made["refresh_token"])

    assert (good["holds"], good["verdict"]) == (True, "Valid")
    assert good["claims"] == made["claims"]["id"]
    assert (broken["holds"], broken["verdict"]) == (False, "The signature does not hold")
    assert (none["holds"], none["claims"]) == (False, None)
    assert (opaque["holds"], opaque["claims"]) == (None, None)


async def test_sessions_are_listed_and_ended(script: Script, visitor: Visitor) -> None:
    await visitor.code("alice")
    [session] = (await script.get("/sessions", user="alice"))["sessions"]
    assert session["alive"]

    ended = await script.post("/sessions/end", user="alice", handle=session["handle"])
    again = await script.post("/sessions/end", user="alice", handle=session["handle"])
    assert (ended, again) == ({"ended": 1}, {"ended": 0})
    assert "/login?" in (await visitor.authorize()).location


async def test_all_sessions_are_ended_at_once(
    script: Script, visitors: Callable[[], Visitor]
) -> None:
    for _ in range(2):
        await visitors().code("alice")

    assert await script.post("/sessions/end", user="alice") == {"ended": 2}
    assert await script.get("/sessions", user="alice") == {"sessions": [], "more": 0}


async def test_refresh_tokens_are_listed_and_revoked(script: Script, visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")
    [grant] = (await script.get("/refresh-tokens", user="alice"))["refresh_tokens"]
    assert (grant["state"], grant["client_name"]) == ("alive", "spa")

    revoked = await script.post("/refresh-tokens/revoke", user="alice", family=grant["family"])
    assert revoked == {"revoked": 1}
    assert (await visitor.refresh(tokens["refresh_token"])).status == 400
    assert await script.post("/refresh-tokens/revoke", user="alice") == {"revoked": 0}


async def test_whose_sessions_has_to_be_said(script: Script) -> None:
    said = await script.ask("GET", "/sessions")
    assert (said.status, said.field) == (400, "user")
    said = await script.ask("GET", "/sessions", params={"user": "nobody"})
    assert (said.status, said.message) == (404, "The pool demo has no user “nobody”.")
    said = await script.ask("GET", "/sessions", params={"user": "alice", "pool": "demi"})
    assert (said.status, said.field) == (404, "pool")


async def test_a_refused_login_is_told_with_its_why(script: Script, visitor: Visitor) -> None:
    await visitor.tokens("bob")
    await visitor.authorize(redirect_uri="http://localhost:5173/callback/")

    refused, good = (await script.get("/logins"))["logins"]
    assert (good["outcome"], good["user"], good["why"]) == ("signed in", "bob", None)
    assert refused["outcome"] == "refused"
    why = refused["why"]
    assert (why["rule"], why["setting"]) == ("AZ-4", "CallbackURLs")
    assert why["got"] == "http://localhost:5173/callback/"
    assert "http://localhost:5173/callback" in why["expected"].split(", ")
    assert why["real_service"]
    assert any("slash" in cause for cause in why["causes"])
    assert why["request"] == "GET /oauth2/authorize → 302"


async def test_logins_are_found_by_client_user_and_outcome(
    script: Script, visitors: Callable[[], Visitor]
) -> None:
    await visitors().tokens("alice", "web")
    await visitors().submit("bob", "wrong", "spa")

    assert [each["user"] for each in (await script.get("/logins", client="web"))["logins"]] == [
        "alice"
    ]
    assert [each["client"] for each in (await script.get("/logins", user="bob"))["logins"]] == [
        "spa"
    ]
    [refused] = (await script.get("/logins", outcome="refused"))["logins"]
    assert refused["why"]["rule"] == "HU-4.1-8"
    assert len((await script.get("/logins", limit=1))["logins"]) == 1


async def test_a_login_is_told_request_by_request(script: Script, visitor: Visitor) -> None:
    await visitor.submit("bob", "Zebra-7")
    [login] = (await script.get("/logins", user="bob"))["logins"]

    told = await script.get(f"/logins/{login['id']}")
    assert [each["step"] for each in told["exchanges"]] == ["login", "login"]
    failed = [check for check in told["exchanges"][-1]["checks"] if check["verdict"] == "refused"]
    assert [check["rule"] for check in failed] == ["HU-4.1-8"]
    assert "Zebra-7" not in str(told)
    said = await script.ask("GET", "/logins/none")
    assert (said.status, said.error) == (404, "not_found")


async def test_a_template_of_a_file_is_not_what_a_text_of_that_name_updates(
    script: Script, tmp_path: Path
) -> None:
    """A script's text never meddles with what the seed's file made."""
    template = "Resources:\n  Demo:\n    Type: AWS::Cognito::UserPool\n"
    await script.post("/seeds", template=template, name=str(resource_path("seeds/demo.yaml")))

    assert len((await pools(script))["UserPools"]) == 2
