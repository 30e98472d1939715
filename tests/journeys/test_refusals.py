"""Every refusal of the endpoints: what the wire says, and which rule the window shows first."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations import users
from sandbox_app.operations.resource_servers import update_resource_server
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import VERIFIER, Visitor

POOL = "us-east-1_Demo00001"
UNKNOWN = "0unknownunknownunknownunkn"
PAGE = "Required%20String%20parameter%20%27{}%27%20is%20not%20present"


@pytest.mark.parametrize(
    ("rule", "changes", "error"),
    [
        ("AZ-1", {"client_id": None}, PAGE.format("client_id")),
        ("AZ-2", {"client_id": UNKNOWN}, f"invalid_request&client_id={UNKNOWN}"),
        ("AZ-3", {"redirect_uri": None}, PAGE.format("redirect_uri") + "&client_id={client_id}"),
        (
            "AZ-4",
            {"redirect_uri": "https://localhost:5173/callback"},
            "redirect_mismatch&client_id={client_id}",
        ),
    ],
)
async def test_an_untrusted_request_ends_at_the_domains_own_error_page(
    visitor: Visitor, rule: str, changes: dict[str, str | None], error: str
) -> None:
    answer = await visitor.authorize(**changes)

    client_id = visitor.client("spa").client_id
    assert answer.location == f"{visitor.base}/error?error={error.format(client_id=client_id)}"
    assert (visitor.first_refusal, visitor.last.rule) == (rule, rule)
    assert (await visitor.get(answer.location)).status == 400


@pytest.mark.parametrize(
    ("rule", "client", "changes", "members"),
    [
        ("AZ-5", "spa", {"response_type": None}, {"error": "invalid_request"}),
        ("AZ-6", "spa", {"response_type": "id_token"}, {"error": "invalid_request"}),
        ("AZ-7", "spa", {"response_type": "token"}, {"error": "unauthorized_client"}),
        ("AZ-8", "spa", {"code_challenge_method": None}, {"error": "invalid_request"}),
        ("AZ-8", "spa", {"code_challenge_method": "s256"}, {"error": "invalid_request"}),
        ("AZ-9", "spa", {"code_challenge": None}, {"error": "invalid_request"}),
        (
            "AZ-10",
            "spa",
            {"scope": "openid OPENID"},
            {"error": "invalid_request", "error_description": "invalid_scope"},
        ),
        (
            "AZ-11",
            "spa",
            {"resource": "http://api.example/"},
            {"error": "invalid_request", "error_description": "invalid_scope"},
        ),
    ],
)
async def test_a_bad_request_is_told_to_the_app_with_its_state(
    visitor: Visitor, rule: str, client: str, changes: Any, members: dict[str, str]
) -> None:
    answer = await visitor.authorize(client, **changes)

    assert answer.location.startswith("http://localhost:5173/callback")
    assert answer.members == {**members, "state": "st/1 ä"}
    assert (visitor.first_refusal, visitor.last.rule) == (rule, rule)


async def test_checks_that_were_not_reached_are_recorded_too(visitor: Visitor) -> None:
    await visitor.authorize(redirect_uri="http://localhost:5173/")

    states = {check.rule: str(check.verdict) for check in visitor.checks}
    ran = {"AZ-1": "passed", "AZ-2": "passed", "AZ-3": "passed", "AZ-4": "refused"}
    assert states == ran | {f"AZ-{number}": "not reached" for number in range(5, 12)}
    assert list(states) == [f"AZ-{number}" for number in range(1, 12)]


async def test_an_unknown_provider_is_refused_on_the_sign_in_page(visitor: Visitor) -> None:
    asking = visitor.asking(identity_provider="Google")
    sent = await visitor.get("/oauth2/authorize", **asking)
    assert visitor.first_refusal == "AZ-12"

    page = await visitor.get(sent.location)
    assert page.status == 401
    assert "Login option is not available. Please try another one" in page.text


async def test_prompt_is_ignored_by_the_classic_pages_and_noted(visitor: Visitor) -> None:
    answer = await visitor.authorize(prompt="none")

    assert answer.location.startswith(f"{visitor.base}/login?")
    assert visitor.noted("AZ-13")


async def test_the_way_to_the_form_carries_every_parameter_in_order(visitor: Visitor) -> None:
    answer = await visitor.authorize(unknown="kept")

    names = [pair.partition("=")[0] for pair in answer.location.partition("?")[2].split("&")]
    assert names == [*visitor.asking(), "unknown"]  # AZ-20


SECRET_BODY = '{"error":"invalid_client","error_description":"invalid_client_secret"}'


@pytest.mark.parametrize(
    ("rule", "client", "form", "body"),
    [
        ("TK-1", "spa", {"grant_type": None}, '{"error":"invalid_request"}'),
        ("TK-2", "spa", {"grant_type": "password"}, '{"error":"unsupported_grant_type"}'),
        ("TK-3", "spa", {"client_id": None}, '{"error":"invalid_request"}'),
        ("TK-4", "spa", {"client_id": UNKNOWN}, '{"error":"invalid_client"}'),
        ("TK-6", "spa", {"client_secret": "surprise"}, SECRET_BODY),
        ("TK-7", "spa", {"code": None}, '{"error":"invalid_request"}'),
        ("TK-7", "spa", {"redirect_uri": None}, '{"error":"invalid_request"}'),
        ("TC-1", "spa", {"code": "18fe37c2-8eff-4886-98f4-abbc6a0753a6"}, None),
        ("TC-3", "spa", {"redirect_uri": "http://localhost:5173/elsewhere"}, None),
        ("TC-4", "spa", {"code_verifier": None}, None),
    ],
)
async def test_a_bad_exchange_names_the_rule_it_broke(
    visitor: Visitor, rule: str, client: str, form: Any, body: str | None
) -> None:
    code = await visitor.code(client=client)

    answer = await visitor.exchange(code, client, **form)
    assert (answer.status, answer.text) == (400, body or '{"error":"invalid_grant"}')
    assert (visitor.first_refusal, visitor.last.rule) == (rule, rule)


async def test_a_code_of_another_client_is_no_code(visitor: Visitor) -> None:
    code = await visitor.code(client="spa")

    answer = await visitor.exchange(code, "web")
    assert answer.text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == "TC-2"


async def test_a_verifier_without_a_challenge_is_refused(visitor: Visitor) -> None:
    code = await visitor.code(code_challenge=None, code_challenge_method=None)

    assert (await visitor.exchange(code, code_verifier=VERIFIER)).status == 400
    assert visitor.first_refusal == "TC-5"


async def test_a_client_without_the_code_flow_may_not_redeem_a_code(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    code = await visitor.code(client="web")
    reconfigure(sandbox, visitor, "web", AllowedOAuthFlows=["implicit"])

    assert (await visitor.exchange(code, "web")).text == '{"error":"unauthorized_client"}'
    assert visitor.first_refusal == "TC-6"


async def test_a_scope_whose_attributes_cannot_be_read_makes_a_code_worthless(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    reconfigure(sandbox, visitor, "spa", ReadAttributes=["email", "name"])

    answer = await visitor.exchange(await visitor.code())
    assert answer.text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == "TC-7"


async def test_a_refresh_token_of_another_client_is_none(visitor: Visitor) -> None:
    tokens = await visitor.tokens(client="spa")

    assert (await visitor.refresh(tokens["refresh_token"], "web")).status == 400
    assert visitor.first_refusal == "TR-1"


async def test_a_refresh_without_the_code_flow_is_unauthorized(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    tokens = await visitor.tokens(client="web")
    reconfigure(sandbox, visitor, "web", AllowedOAuthFlows=["implicit"])

    answer = await visitor.refresh(tokens["refresh_token"], "web")
    assert answer.text == '{"error":"unauthorized_client"}'
    assert visitor.first_refusal == "TR-2"


@pytest.mark.parametrize(
    "end",
    [users.admin_disable_user, users.admin_delete_user, users.admin_user_global_sign_out],
)
async def test_a_refresh_fails_once_the_user_is_shut_out(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock, end: Any
) -> None:
    tokens = await visitor.tokens()
    clock.advance(timedelta(seconds=2))
    end(sandbox.core, {"UserPoolId": POOL, "Username": "alice"})

    assert (await visitor.refresh(tokens["refresh_token"])).text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == "TR-1"
    assert (await visitor.userinfo(tokens["access_token"])).status == 401
    assert visitor.first_refusal == "UI-2"


@pytest.mark.parametrize(
    ("rule", "form"),
    [
        ("TM-2", {"scope": "orders/read orders/delete"}),
        ("TM-2", {"scope": "openid"}),
    ],
)
async def test_a_machine_gets_no_scope_it_was_not_given(
    visitor: Visitor, rule: str, form: dict[str, str]
) -> None:
    answer = await visitor.token("m2m", grant_type="client_credentials", **form)

    assert answer.text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == rule


async def test_a_client_for_people_gets_no_machines_token(visitor: Visitor) -> None:
    answer = await visitor.token("web", grant_type="client_credentials")

    assert answer.text == '{"error":"invalid_grant"}'
    assert visitor.first_refusal == "TM-1"


async def test_a_machine_asks_for_no_resource(visitor: Visitor) -> None:
    answer = await visitor.token(
        "m2m", grant_type="client_credentials", resource="https://api.example"
    )

    assert answer.status == 200
    assert visitor.noted("TM-4")


async def test_a_scope_that_its_server_lost_is_left_out(sandbox: Sandbox, visitor: Visitor) -> None:
    read = {"ScopeName": "read", "ScopeDescription": "Look at orders"}
    update_resource_server(
        sandbox.core,
        {"UserPoolId": POOL, "Identifier": "orders", "Name": "Orders API", "Scopes": [read]},
    )

    answer = await visitor.token("m2m", grant_type="client_credentials")
    assert answer.status == 200
    assert visitor.noted("TM-3")


@pytest.mark.parametrize(
    ("rule", "query"),
    [
        ("AZ-1", {"client_id": None}),
        ("AZ-2", {"client_id": UNKNOWN}),
        ("LO-2", {"logout_uri": "http://localhost:5173/bye"}),
        ("LO-3", {}),
        ("LO-3", {"post_logout_redirect_uri": "http://localhost:5173/"}),
        ("AZ-4", {"redirect_uri": "http://localhost:5173/"}),
    ],
)
async def test_a_refused_logout_leaves_the_session_alone(
    visitor: Visitor, rule: str, query: dict[str, str | None]
) -> None:
    await visitor.code()
    asked = {"client_id": visitor.client("spa").client_id, **query}

    answer = await visitor.get("/logout", **asked)
    assert answer.location.startswith(f"{visitor.base}/error?error=")
    assert visitor.first_refusal == rule
    assert visitor.noted("LO-6") is ("post_logout_redirect_uri" in query)
    assert "code" in (await visitor.authorize()).members


async def test_logout_with_redirect_uri_goes_on_to_the_form_with_all_scopes(
    visitor: Visitor,
) -> None:
    await visitor.code()
    client = visitor.client("spa")

    answer = await visitor.get(
        "/logout",
        client_id=client.client_id,
        redirect_uri=client.callback_urls[0],
        response_type="code",
        identity_provider="Google",
    )
    assert answer.location.startswith(f"{visitor.base}/login?")  # LO-4
    assert answer.members["scope"] == "openid email profile orders/read"
    assert "identity_provider" not in answer.members
    assert visitor.noted("LO-5")
    assert "code" not in (await visitor.authorize()).members


async def test_logout_by_post_is_405(visitor: Visitor) -> None:
    answer = await visitor.post("/logout")

    assert (answer.status, answer.headers["Allow"]) == (405, "GET")
    assert visitor.first_refusal == "US-W4"


async def test_an_unknown_pool_is_404(visitor: Visitor) -> None:
    answer = await visitor.get("/us-east-1_Nowhere00/.well-known/openid-configuration")

    assert answer.status == 404
    assert visitor.first_refusal == "DC-5"


async def test_the_oauth_metadata_document_is_not_served(visitor: Visitor) -> None:
    answer = await visitor.get(f"/{POOL}/.well-known/oauth-authorization-server")

    assert answer.status == 404
    assert "DC-4" in visitor.seen[-1][1].because


async def test_revoking_anothers_token_does_nothing_and_says_nothing(visitor: Visitor) -> None:
    tokens = await visitor.tokens(client="spa")
    form = {"token": tokens["refresh_token"]}

    answer = await visitor.post("/oauth2/revoke", form, headers=visitor.basic("web"))
    assert (answer.status, answer.body) == (200, b"")
    assert visitor.noted("RV-5")
    assert (await visitor.refresh(tokens["refresh_token"], "spa")).status == 200


@pytest.mark.parametrize("form", [{}, {"token": ""}])
async def test_revoking_nothing_is_an_invalid_request(visitor: Visitor, form: Any) -> None:
    form = {**form, "client_id": visitor.client("spa").client_id}

    answer = await visitor.post("/oauth2/revoke", form)
    assert (answer.status, answer.text) == (400, '{"error":"invalid_request"}')
    assert visitor.first_refusal == "RV-2"
