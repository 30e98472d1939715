"""The sign-in page: who gets in, who does not, and what the page says (hosted-ui 1, 4.1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.pools import PoolSandbox
from sandbox_app.operations import user_pools, users
from tests.conftest import give_keys
from tests.journeys.reconfiguring import a_second_pool, reconfigure
from tests.visitor import Visitor

POOL = "us-east-1_Demo00001"
WRONG = "Incorrect username or password."


@pytest.mark.parametrize(
    ("rule", "username", "password"),
    [
        ("HU-4.1-2", "alice", ""),
        ("HU-4.1-5", "nobody", "Sandbox-1"),
        ("HU-4.1-8", "alice", "sandbox-1"),
    ],
)
async def test_a_failed_sign_in_shows_the_form_again_with_one_sentence(
    visitor: Visitor, rule: str, username: str, password: str
) -> None:
    page = await visitor.submit(username, password)

    assert page.status == 200
    assert WRONG in page.text
    assert f'value="{username}"' in page.text
    assert password not in page.text or not password
    assert (visitor.first_refusal, visitor.last.rule) == (rule, rule)


@pytest.mark.parametrize(
    ("setting", "username", "sentence"),
    [
        ("LEGACY", "nobody", "User does not exist."),
        ("LEGACY", "bob", "User is disabled."),
        ("ENABLED", "nobody", WRONG),
        ("ENABLED", "bob", WRONG),
    ],
)
async def test_whether_a_user_exists_is_told_as_the_client_is_set(
    sandbox: Sandbox, visitor: Visitor, setting: str, username: str, sentence: str
) -> None:
    reconfigure(sandbox, visitor, "spa", PreventUserExistenceErrors=setting)
    users.admin_disable_user(sandbox.core, {"UserPoolId": POOL, "Username": "bob"})

    page = await visitor.submit(username, "Sandbox-1")
    assert sentence in page.text  # LG-4
    assert visitor.first_refusal == ("HU-4.1-5" if username == "nobody" else "HU-4.1-6")


async def test_a_user_signs_in_by_verified_alias_and_in_any_case(
    visitor: Visitor, visitors: Callable[[], Visitor]
) -> None:
    assert (await visitor.submit("ALICE@example.com", "Sandbox-1")).status == 302
    assert (await visitors().submit("Alice", "Sandbox-1")).status == 302
    assert (await visitors().submit("carol@example.com", "Sandbox-1")).status == 200


@pytest.mark.parametrize(
    ("failures", "locked_for"), [(4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (15, 900)]
)
async def test_the_lock_doubles_from_the_fifth_failure_on(
    visitor: Visitor, clock: ManualClock, failures: int, locked_for: int
) -> None:
    for number in range(failures):
        assert WRONG in (await visitor.submit("alice", "wrong")).text
        if number < failures - 1:
            clock.advance(timedelta(seconds=min(2 ** max(number - 4, 0), 890)))

    if locked_for:
        clock.advance(timedelta(seconds=locked_for - 0.5))
        page = await visitor.submit("alice", "Sandbox-1")
        assert "Password attempts exceeded" in page.text
        assert visitor.first_refusal == "HU-4.1-3"
        clock.advance(timedelta(seconds=0.5))
    assert (await visitor.submit("alice", "Sandbox-1")).status == 302


@pytest.mark.parametrize(
    ("status", "rule", "title"),
    [
        ("UNCONFIRMED", "HU-4.1-9", "Your account is not confirmed"),
        ("FORCE_CHANGE_PASSWORD", "HU-4.1-11", "You must change your password"),
        ("RESET_REQUIRED", "HU-4.1-12", "Your password must be reset"),
    ],
)
async def test_a_right_password_stops_at_the_users_status(
    sandbox: Sandbox, visitor: Visitor, status: str, rule: str, title: str
) -> None:
    from dataclasses import replace

    from sandbox_app.domain.records.users import UserStatus

    store = sandbox.core.store
    carol = store.users.find(POOL, "carol")
    assert carol is not None
    store.users.replace(replace(carol, status=UserStatus(status)))

    page = await visitor.submit("carol", "Sandbox-1")
    assert page.status == 200
    assert title in page.text
    assert "cognito" not in page.headers.getall("Set-Cookie")[-1]
    assert (visitor.first_refusal, visitor.last.rule) == (rule, rule)


async def test_a_temporary_password_expires_after_a_week(
    visitor: Visitor, clock: ManualClock
) -> None:
    clock.advance(timedelta(days=7))

    page = await visitor.submit("carol", "Sandbox-1")
    assert "Temporary password has expired and must be reset by an administrator." in page.text
    assert visitor.first_refusal == "HU-4.1-10"


@pytest.mark.parametrize("csrf", [None, "", "5f9f1f0e-0000-4000-8000-000000000000"])
async def test_a_form_without_the_cookies_token_has_no_effect(
    visitor: Visitor, csrf: str | None
) -> None:
    await visitor.form()
    fields = {"username": "alice", "password": "Sandbox-1"}
    if csrf is not None:
        fields["_csrf"] = csrf

    address = visitor.address("/login", visitor.asking())
    page = await visitor.send("POST", address, data=fields)
    assert page.status == 403
    assert "Invalid CSRF token" in page.text
    assert (visitor.first_refusal, visitor.last.rule) == ("LG-2", "LG-2")


async def test_our_private_cookie_is_a_partner_too(visitor: Visitor) -> None:
    form = await visitor.form()
    headers = {"Cookie": f"XSRF-TOKEN=a-frameworks-own; sandbox-csrf={form.csrf}"}
    visitor.session.cookie_jar.clear()
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}

    address = visitor.address("/login", visitor.asking())
    back = await visitor.send("POST", address, data=fields, headers=headers)
    assert "code" in back.members


@pytest.mark.parametrize(("seconds", "gets_in"), [(300, True), (301, False)])
async def test_a_form_is_good_for_five_minutes(
    visitor: Visitor, clock: ManualClock, seconds: int, gets_in: bool
) -> None:
    form = await visitor.form()
    clock.advance(timedelta(seconds=seconds))
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}

    back = await visitor.send("POST", visitor.address("/login", visitor.asking()), data=fields)
    assert (back.status == 302) is gets_in
    if not gets_in:
        assert "Something went wrong" in back.text
        assert visitor.first_refusal == "HU-G8"


async def test_two_tabs_sign_in_beside_each_other(visitor: Visitor) -> None:
    first, second = await visitor.form(state="one"), await visitor.form("web", state="two")

    fields = {"username": "alice", "password": "Sandbox-1"}
    for form, client, state in ((first, "spa", "one"), (second, "web", "two")):
        address = visitor.address("/login", visitor.asking(client, state=state))
        back = await visitor.send("POST", address, data={**fields, "_csrf": form.csrf})
        assert back.status in (302, 403)
    # The first sign-in replaced the token (LG-3), so the second tab's form is one too old.
    assert back.status == 403


async def test_a_sign_in_gives_a_new_cookie_and_a_new_token(visitor: Visitor) -> None:
    form = await visitor.form()
    before = form.csrf
    address = visitor.address("/login", visitor.asking())
    fields = {"_csrf": before, "username": "alice", "password": "Sandbox-1"}

    back = await visitor.send("POST", address, data=fields)
    cookies = back.headers.getall("Set-Cookie")
    assert not any(before in cookie for cookie in cookies)
    session = next(cookie for cookie in cookies if cookie.startswith('cognito="'))
    assert "; Max-Age=3600; " in session
    assert session.endswith("Path=/; HttpOnly; SameSite=Lax")  # no Secure over plain HTTP


async def test_the_form_carries_what_scripts_look_for_and_leads_back_with_the_state(
    visitor: Visitor,
) -> None:
    form = await visitor.form()
    for name in ("_csrf", "username", "password", "cognitoAsfData", "signInSubmitButton"):
        assert form.text.count(f'name="{name}"') == 2  # LG-1, in both blocks
    back = await visitor.submit("alice", "Sandbox-1")

    code = back.members["code"]
    assert back.location == (  # AZ-23
        f"http://localhost:5173/callback?code={code}&state=st%2F1+%C3%A4"
    )


async def test_login_hint_fills_the_name_in(visitor: Visitor) -> None:
    page = await visitor.form(login_hint='"><script>alert(1)</script>')

    assert "&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script>alert" not in page.text


async def test_one_login_holds_every_request_of_one_attempt(visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    await visitor.userinfo(tokens["access_token"])
    await visitor.refresh(tokens["refresh_token"])
    form = {"token": tokens["refresh_token"], "client_id": visitor.client("spa").client_id}
    await visitor.post("/oauth2/revoke", form)

    # The first authorize of `tokens` only asks whether a session is there.
    steps = [(exchange.step, exchange.login_id) for exchange, _ in visitor.seen]
    logins = {login for step, login in steps if step not in ("authorize",)}
    assert [step for step, _ in steps] == [
        "authorize",
        "login",
        "login",
        "token",
        "userInfo",
        "token",
        "revoke",
    ]
    assert len(logins) == 1


async def test_two_pools_on_one_host_do_not_disturb_each_other(
    sandbox: Sandbox, visitor: Visitor, signing_keys: Any
) -> None:
    other = await a_second_pool(sandbox)
    give_keys(sandbox, other, signing_keys)
    await visitor.code("alice", "spa")
    await visitor.code("olga", "other")

    assert "code" in (await visitor.authorize("spa")).members
    assert "code" in (await visitor.authorize("other")).members
    client = visitor.client("other")
    out = await visitor.get(
        "/logout", client_id=client.client_id, logout_uri="http://localhost:7000/"
    )
    assert out.status == 302
    assert "code" not in (await visitor.authorize("other")).members
    assert "code" in (await visitor.authorize("spa")).members


async def test_a_pools_own_host_knows_no_other_pools_client(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await a_second_pool(sandbox)
    own = {"Host": visitor.base.replace("http://localhost", "demo.auth.localhost")}

    mine = await visitor.get("/oauth2/authorize", **visitor.asking("spa"), headers=own)
    assert mine.location.startswith("http://demo.auth.localhost:")
    theirs = await visitor.get("/oauth2/authorize", **visitor.asking("other"), headers=own)
    assert "invalid_request" in theirs.location
    assert visitor.first_refusal == "AZ-2"


@pytest.mark.parametrize(
    ("mode", "issuer"),
    [
        ("local", "{base}/us-east-1_Demo00001"),
        ("aws", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Demo00001"),
        ("https://id.example/pool", "https://id.example/pool"),
    ],
)
async def test_the_issuer_mode_changes_only_issuer_and_iss(
    sandbox: Sandbox, visitor: Visitor, mode: str, issuer: str
) -> None:
    request = {"UserPoolId": POOL, "AutoVerifiedAttributes": ["email"]}
    user_pools.update_user_pool(sandbox.core, request, sandbox=PoolSandbox(issuer=mode))

    from tests.visitor import json_of

    document = json_of(await visitor.get(f"/{POOL}/.well-known/openid-configuration"))
    assert document["issuer"] == issuer.format(base=visitor.base)
    assert document["jwks_uri"] == f"{visitor.base}/{POOL}/.well-known/jwks.json"
    assert document["token_endpoint"] == f"{visitor.base}/oauth2/token"
    tokens = await visitor.tokens()
    assert (await visitor.userinfo(tokens["access_token"])).status == 200


async def test_the_implicit_flow_delivers_tokens_in_the_fragment(visitor: Visitor) -> None:
    back = await visitor.submit(
        "alice", "Sandbox-1", "web", response_type="token", scope="openid email"
    )

    assert back.location.startswith("http://localhost:3000/callback#id_token=")
    assert list(back.members) == [  # AZ-24
        "id_token",
        "access_token",
        "expires_in",
        "token_type",
        "state",
    ]
    bare = await visitor.authorize("web", response_type="token", scope="email")
    assert "id_token" not in bare.members  # AZ-25
    assert visitor.noted("AZ-21")
