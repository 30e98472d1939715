"""Refusals of the token endpoint, userInfo and revoke."""

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientConnectionError

from sandbox_app.operations import users
from sandbox_app.operations.resource_servers import delete_resource_server, update_resource_server
from sandbox_app.operations.user_pool_clients import update_user_pool_client
from sandbox_app.workbench.conditions.faults import editing
from tests.conftest import DEMO_POOL
from tests.visitor import CHALLENGE, VERIFIER
from tests.workbench.live.causes.authorize_rows import sets
from tests.workbench.live.causes.stage import UNKNOWN, Row, Stage

DIGEST = hashlib.sha256(VERIFIER.encode()).digest()
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def asks(client: str = "spa", **form: str | None) -> Any:
    """A token request; the client's id is added unless it is named."""

    async def drive(stage: Stage) -> object:
        known = {"client_id": stage.visitor.client(client).client_id, **form}
        return await stage.post({name: it for name, it in known.items() if it is not None})

    return drive


def with_header(value: str, **form: str) -> Any:
    async def drive(stage: Stage) -> object:
        known = {"grant_type": "refresh_token", "refresh_token": "x", **form}
        return await stage.post(known, headers={"Authorization": value})

    return drive


def trades(client: str = "spa", *, asked: Any = None, by: str = "", **form: str | None) -> Any:
    """Sign in, then trade the code with other parameters, perhaps as another client."""

    async def drive(stage: Stage) -> object:
        visitor = stage.visitor
        code = await visitor.code(client=client, **(asked or {}))
        traded = by or client
        usual = {"redirect_uri": visitor.client(client).callback_urls[0]}
        return await visitor.exchange(code, traded, **{**usual, **form})

    return drive


def trades_twice(wait: float = 0.0, *, first: Any = None) -> Any:
    async def drive(stage: Stage) -> object:
        code = await stage.visitor.code()
        await stage.visitor.exchange(code, **(first or {}))
        stage.later(seconds=wait)
        return await stage.visitor.exchange(code)

    return drive


async def trades_after_a_lost_answer(stage: Stage) -> object:
    code = await stage.visitor.code()
    editing.add(stage.sandbox.core, "token → reset", name="grumpy network")
    with pytest.raises(ClientConnectionError):
        await stage.visitor.exchange(code)
    editing.clear(stage.sandbox.core)
    return await stage.visitor.exchange(code)


async def trades_late(stage: Stage) -> object:
    code = await stage.visitor.code()
    stage.later(seconds=341)
    return await stage.visitor.exchange(code)


async def trades_by_a_bent_clock(stage: Stage) -> object:
    code = await stage.visitor.code()
    stage.sandbox.core.clock.advance(timedelta(minutes=10))
    return await stage.visitor.exchange(code)


def faulty(sentence: str) -> Any:
    async def arrange(stage: Stage) -> None:
        editing.add(stage.sandbox.core, sentence, name="grumpy tokens")

    return arrange


async def trades_for_nobody(stage: Stage) -> object:
    code = await stage.visitor.code()
    stage.admin(users.admin_disable_user)
    return await stage.visitor.exchange(code)


async def trades_of_another_tab(stage: Stage) -> object:
    await stage.visitor.code()
    code = await stage.visitor.code(code_challenge="x" * 43)
    return await stage.visitor.exchange(code)


def refreshes(**changed: Any) -> Any:
    """Refresh with a token that is kept between tries."""

    async def drive(stage: Stage) -> object:
        if "refresh" not in stage.kept:
            client = changed.get("client", "spa")
            stage.kept["refresh"] = (await stage.visitor.tokens(client=client))["refresh_token"]
            if "then" in changed:
                await changed["then"](stage)
        token = changed.get("spoil", lambda text: text)(stage.kept["refresh"])
        return await stage.visitor.refresh(token, changed.get("by", changed.get("client", "spa")))

    return drive


async def revoked_by_app(stage: Stage) -> None:
    form = {"token": stage.kept["refresh"], "client_id": stage.visitor.client("spa").client_id}
    await stage.visitor.post("/oauth2/revoke", form)


async def alice_disabled(stage: Stage) -> None:
    stage.admin(users.admin_disable_user)


async def alice_signed_out(stage: Stage) -> None:
    stage.admin(users.admin_user_global_sign_out)


async def month_later(stage: Stage) -> None:
    stage.later(days=31)


async def rotated(stage: Stage) -> None:
    stage.set("spa", RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0})
    await stage.visitor.refresh(stage.kept["refresh"])
    stage.later(seconds=5)


async def web_without_code(stage: Stage) -> None:
    stage.set("web", AllowedOAuthFlows=["implicit"])


async def code_kept(stage: Stage) -> None:
    stage.kept["code"] = await stage.visitor.code(client="web")
    await web_without_code(stage)


async def trades_kept(stage: Stage) -> object:
    return await stage.visitor.exchange(stage.kept["code"], "web")


async def machine_without_flow(stage: Stage) -> None:
    client = stage.visitor.client("m2m")
    update_user_pool_client(
        stage.sandbox.core,
        {
            "UserPoolId": DEMO_POOL,
            "ClientId": client.client_id,
            "AllowedOAuthScopes": ["orders/read"],
        },
    )


def machine(client: str = "m2m", **form: str) -> Any:
    async def drive(stage: Stage) -> object:
        return await stage.visitor.token(client, grant_type="client_credentials", **form)

    return drive


def shows(header: str | None = None, *, use: str = "access_token", **changed: Any) -> Any:
    """userInfo with a header, or with a token of a fresh sign-in."""

    async def drive(stage: Stage) -> object:
        if header is not None:
            sent = {"Authorization": header} if header else {}
            return await stage.visitor.get("/oauth2/userInfo", headers=sent, **changed)
        if "token" not in stage.kept:
            tokens = await stage.visitor.tokens(**changed.get("asked", {}))
            stage.kept["token"] = tokens[use]
            if "then" in changed:
                await changed["then"](stage)
        token = changed.get("spoil", lambda text: text)(stage.kept["token"])
        return await stage.visitor.userinfo(token)

    return drive


async def hours_later(stage: Stage) -> None:
    stage.later(hours=2)


def revokes(use: str = "refresh_token", **form: str) -> Any:
    async def drive(stage: Stage) -> object:
        known = {"client_id": stage.visitor.client("spa").client_id, **form}
        if use and "token" not in stage.kept:
            stage.kept["token"] = (await stage.visitor.tokens())[use]
        if use:
            known["token"] = stage.kept["token"]
        return await stage.visitor.post("/oauth2/revoke", known)

    return drive


def revokes_again(spoil: Any = str, *, by: str = "spa", before: Any = None) -> Any:
    """Revoke a token of spa once more, spoilt, or as another client; answered with 200 always."""

    async def drive(stage: Stage) -> object:
        token = (await stage.visitor.tokens())["refresh_token"]
        if before is not None:
            await before(stage, token)
        client = stage.visitor.client(by)
        headers = stage.visitor.basic(by) if client.confidential else None
        form = {"client_id": client.client_id, "token": spoil(token)}
        return await stage.visitor.post("/oauth2/revoke", form, headers=headers)

    return drive


async def revoked_before(stage: Stage, token: str) -> None:
    form = {"client_id": stage.visitor.client("spa").client_id, "token": token}
    await stage.visitor.post("/oauth2/revoke", form)
    stage.later(seconds=40)


def orders_has(*names: str) -> Any:
    """The resource server loses scopes that m2m still lists."""

    async def arrange(stage: Stage) -> None:
        scopes = [{"ScopeName": name, "ScopeDescription": name} for name in names]
        known = {"UserPoolId": DEMO_POOL, "Identifier": "orders"}
        update_resource_server(
            stage.sandbox.core, {**known, "Name": "Orders API", "Scopes": scopes}
        )

    return arrange


async def without_orders(stage: Stage) -> None:
    known = {"UserPoolId": DEMO_POOL, "Identifier": "orders"}
    delete_resource_server(stage.sandbox.core, known)


def altered(token: str) -> str:
    head, payload, signature = token.split(".")
    return ".".join((head, payload, signature[:-6] + "AAAAAA"))


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SECRET_PLACE = "clients ClientSecret"

ROWS = (
    Row("TK-1", asks(grantType="refresh_token"), "grantType was sent in its place"),
    Row("TK-1", asks(client_id=None), "The request had no parameters at all"),
    Row("TK-2", asks(grant_type="password"), "Passwords are taken by the pages"),
    Row("TK-2", asks(grant_type="authorization-code"), "authorization_code is meant"),
    Row("TK-2", asks(grant_type="saml"), "There are three grants"),
    Row("TK-3", asks(client_id=None, grant_type="refresh_token"), "names a client"),
    Row(
        "TK-3",
        asks(client_id=None, grant_type="refresh_token", client_assertion="eyJ"),
        "private_key_jwt is not served",
    ),
    Row(
        "TK-3", asks(client_id=None, clientId="x", grant_type="refresh_token"), "clientId was sent"
    ),
    Row("TK-3", with_header("Basic not-base64"), "the base64 of id, colon and secret"),
    Row("TK-3", with_header("Bearer abc"), "carries a bearer token"),
    Row(
        "TK-3",
        with_header(f"Basic {encoded('one:secret')}", client_id="two"),
        "Header and body name two clients",
    ),
    Row("TK-4", asks(grant_type="refresh_token", client_id=UNKNOWN), "No client here has an id"),
    Row(
        "TK-4",
        asks(grant_type="refresh_token", client_id="web"),
        "The client's name was sent",
        place="clients ",
    ),
    Row(
        "TK-5",
        asks("web", grant_type="refresh_token"),
        "The app takes the client for one without a secret",
        place=SECRET_PLACE,
    ),
    Row(
        "TK-5",
        asks("web", grant_type="refresh_token", client_secret=""),
        "The client_secret came, with nothing for a secret",
        place=SECRET_PLACE,
    ),
    Row(
        "TK-5",
        with_header(f"Basic {encoded('4web7n2p9c6d1h8j3k5m0rtvxz:')}"),
        "The Basic header came, with nothing for a secret",
        place=SECRET_PLACE,
    ),
    Row(
        "TK-5",
        asks("web", grant_type="refresh_token", client_secret="undefined"),
        "a placeholder was sent",
        place=SECRET_PLACE,
    ),
    Row(
        "TK-6",
        asks(grant_type="refresh_token", client_secret="x"),
        "the app may be set up for another one",
        place=SECRET_PLACE,
    ),
    Row("TK-7", asks(grant_type="authorization_code", Code="x"), "Code was sent in its place"),
    Row("TK-7", asks(grant_type="authorization_code", code="x"), "has to come a second time"),
    Row("TK-7", asks(grant_type="refresh_token", refreshToken="x"), "refreshToken was sent"),
    Row("TC-1", trades_twice(), "The callback runs twice: a double render"),
    Row("TC-1", trades_twice(wait=60), "1 min 0 s earlier, got the tokens"),
    Row(
        "TC-1",
        trades_twice(first={"code_verifier": "wrong"}),
        "a moment earlier, spent it and was refused by TC-4",
    ),
    Row(
        "TC-1",
        trades_by_a_bent_clock,
        "The sandbox's clock was bent when this happened: it was 10 min ahead",
        place="conditions ",
    ),
    Row(
        "US-F1",
        trades(),
        "“grumpy tokens” did this on purpose",
        arrange=faulty("token → 400 invalid_grant"),
        place="conditions ",
    ),
    Row("TC-1", trades_late, "longer than five minutes"),
    Row("TC-1", trades_after_a_lost_answer, "a fault of the sandbox kept the answer away"),
    Row(
        "TC-1",
        trades_for_nobody,
        "user was disabled or deleted meanwhile",
        fix="Enable alice",
    ),
    Row("TC-1", trades(code="18fe37c2-8eff-4886-98f4-abbc6a0753a6"), "no such code was issued"),
    Row("TC-2", trades("spa", by="web"), "was sent here by spa, and web came for the tokens"),
    Row(
        "TC-3",
        trades(redirect_uri="http://127.0.0.1:5173/callback"),
        "127.0.0.1 and localhost are two hosts",
    ),
    Row("TC-3", trades(redirect_uri="https://a.example/b"), "name the callback differently"),
    Row("TC-4", trades(code_verifier=None), "The callback does not find the verifier"),
    Row("TC-4", trades(asked={"code_challenge": DIGEST.hex()}), "the hash in hexadecimal"),
    Row("TC-4", trades(asked={"code_challenge": f"{CHALLENGE}="}), "still has its = padding"),
    Row("TC-4", trades(asked={"code_challenge": VERIFIER}), "as for the method plain"),
    Row("TC-4", trades_of_another_tab, "the verifier belongs to an earlier sign-in"),
    Row("TC-4", trades(code_verifier=CHALLENGE), "or the challenge was sent once more"),
    Row("TC-4", trades(code_verifier="y" * 43), "Verifier and challenge were not made together"),
    Row("TC-4", trades(code_verifier=f"{VERIFIER} "), "was changed since"),
    Row("TC-4", trades(code_verifier="short"), "43 to 128 are allowed"),
    Row(
        "TC-5",
        trades(asked={"code_challenge": None, "code_challenge_method": None}),
        "The authorize request had no code_challenge",
    ),
    Row(
        "TC-6",
        trades_kept,
        "The code flow was switched off on web",
        fix="Allow the code flow on web",
        passes=True,
        arrange=code_kept,
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "TC-7",
        trades(),
        "The scope promises attributes",
        fix="Let spa read email_verified",
        passes=True,
        arrange=sets(ReadAttributes=["email", "name"]),
        place="clients ReadAttributes",
    ),
    Row(
        "TC-7",
        trades(asked={"scope": None}),
        "No scope was asked for, so all of the client's were granted",
        fix="Let spa read email and email_verified",
        passes=True,
        arrange=sets(ReadAttributes=["name"]),
        place="clients ReadAttributes",
    ),
    Row(
        "TR-1",
        refreshes(by="web"),
        "spa got the refresh token, and web came",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(then=revoked_by_app),
        "The app revoked it at",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(then=alice_disabled),
        "alice was disabled, which ends",
        fix="Enable alice",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(then=alice_signed_out),
        "or by a sign-out everywhere",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(then=month_later),
        "Refresh tokens of spa live 30 days",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(then=rotated),
        "the app kept the old one",
        place="clients RefreshTokenRotation.RetryGracePeriodSeconds",
    ),
    Row(
        "TR-1",
        refreshes(spoil=lambda text: text[:1000]),
        "Cookies hold 4 KB",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-1",
        refreshes(spoil=lambda _: "nonsense"),
        "no such refresh token was issued",
        place="clients RefreshTokenValidity",
    ),
    Row(
        "TR-2",
        refreshes(client="web", then=web_without_code),
        "switched off on web since the session began",
        fix="Allow the code flow on web",
        passes=True,
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "TM-1",
        machine("web"),
        "Make a client of its own for the machine",
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "TM-1",
        machine(),
        "No flow is ticked on m2m",
        fix="Allow the client_credentials flow on m2m",
        passes=True,
        arrange=machine_without_flow,
        place="clients AllowedOAuthFlows",
    ),
    Row(
        "TM-2",
        machine(scope="openid"),
        "a machine signs in without one",
        place="clients AllowedOAuthScopes",
    ),
    Row(
        "TM-2",
        machine(scope="orders/write"),
        "orders/write exists but is not enabled on m2m",
        fix="Enable orders/write on m2m",
        passes=True,
        arrange=sets("m2m", AllowedOAuthScopes=["orders/read"]),
        place="clients AllowedOAuthScopes",
    ),
    Row("UI-1", shows(""), "No Authorization header came"),
    Row("UI-1", shows("abc.def.ghi"), "a token without the word Bearer"),
    Row("UI-1", shows(f"Basic {encoded('a:b')}"), "The header proves a client"),
    Row("UI-1", shows("", access_token="abc"), "The token came as a parameter"),
    Row(
        "UI-2",
        shows(then=hours_later),
        "Access tokens are short-lived",
        place="clients AccessTokenValidity",
    ),
    Row(
        "UI-2",
        shows(then=alice_disabled),
        "alice is disabled",
        fix="Enable alice",
        place="users Enabled",
    ),
    Row("UI-2", shows(spoil=altered), "No key of this pool signed"),
    Row("UI-2", shows(use="refresh_token"), "the token is a refresh token"),
    Row("UI-3", shows(use="id_token"), "The ID token was sent", place="clients AllowedOAuthScopes"),
    Row(
        "UI-3",
        shows(asked={"scope": "email"}),
        "did not ask for openid",
        place="clients AllowedOAuthScopes",
    ),
    Row("RV-2", revokes(use=""), "no token was sent", place="clients EnableTokenRevocation"),
    Row(
        "RV-2",
        revokes(use="", Token="x"),
        "Token was sent in its place",
        place="clients EnableTokenRevocation",
    ),
    Row(
        "RV-2",
        revokes(),
        "revocation is switched off on spa",
        fix="Turn on token revocation for spa",
        passes=True,
        arrange=sets(EnableTokenRevocation=False),
        place="clients EnableTokenRevocation",
    ),
    Row("RV-3", revokes(use="access_token"), "only refresh tokens can be revoked"),
)

NOTES = (
    Row("RV-4", revokes_again(before=revoked_before), "was revoked 40 s ago already"),
    Row("RV-4", revokes_again(lambda token: token[:900]), "was cut off after 900 characters"),
    Row("RV-4", revokes_again(lambda token: f" {token} "), "with white space around it"),
    Row("RV-4", revokes_again(lambda token: UNKNOWN), "no such refresh token was issued"),
    Row("RV-5", revokes_again(by="web"), "was issued to spa, and web came with it"),
    Row(
        "TM-3",
        machine(),
        "orders/write was left out: the resource server orders has no scope write any more",
        arrange=orders_has("read"),
    ),
    Row("TM-3", machine(), "but there is orders/reads", arrange=orders_has("reads", "write")),
    Row("TM-3", machine(), "there is no resource server orders any more", arrange=without_orders),
)
"""Requests that were answered, but not with what was asked for; the note says why."""
