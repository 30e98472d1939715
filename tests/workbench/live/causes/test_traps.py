"""A library's known trap is mentioned where it is the cause, and only there."""

from typing import Any

import pytest

from tests.workbench.live.causes.stage import Stage, said

AMPLIFY = "POZXInD4s6hmOzW2lGKaFg9kKmOWsxLB"
OIDC_STATE = "27db4560c915490e903334a0dae7fb02"


async def oidc_client_signs_out(stage: Stage) -> None:
    await stage.visitor.get("/logout", id_token_hint="eyJ", state=OIDC_STATE)


async def amplify_elsewhere(stage: Stage) -> None:
    asked = stage.visitor.asking(redirect_uri="http://localhost:5174/callback", state=AMPLIFY)
    first = ("redirect_uri", "response_type", "client_id")
    query = {name: asked[name] for name in (*first, *(name for name in asked if name not in first))}
    await stage.visitor.get("/oauth2/authorize", **query, identity_provider="COGNITO")


async def authjs_without_profile(stage: Stage) -> None:
    callback = "http://localhost:5173/api/auth/callback/cognito"
    stage.set("spa", CallbackURLs=[callback], AllowedOAuthScopes=["openid"])
    await stage.visitor.authorize(redirect_uri=callback, scope="openid profile email")


async def spring_behind_a_proxy(stage: Stage) -> None:
    await stage.visitor.authorize(redirect_uri="http://inner:8080/login/oauth2/code/cognito")


async def openid_client_behind_a_proxy(stage: Stage) -> None:
    code = await stage.visitor.code()
    client = stage.visitor.client("spa")
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": client.client_id,
        "redirect_uri": "http://10.0.0.5:5173/callback",
    }
    await stage.post(form, headers={"User-Agent": "openid-client/v6.8.9"})


async def react_runs_twice(stage: Stage) -> None:
    asked = stage.visitor.asking(state=OIDC_STATE)
    first = ("client_id", "redirect_uri", "response_type", "scope", "state")
    query = {name: asked[name] for name in (*first, *(name for name in asked if name not in first))}
    form = await stage.visitor.get("/login", **query)
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    address = stage.visitor.address("/login", query)
    back = await stage.visitor.send("POST", address, data=fields)
    for _ in range(2):
        await stage.visitor.exchange(back.members["code"])


async def requests_sends_json(stage: Stage) -> None:
    headers = {"User-Agent": "python-requests/2.34.2"}
    url = f"{stage.visitor.base}/oauth2/token"
    await stage.visitor.send("POST", url, json={"grant_type": "refresh_token"}, headers=headers)


async def curl_without_a_jar(stage: Stage) -> None:
    form = await stage.visitor.form()
    stage.visitor.session.cookie_jar.clear()
    address = stage.visitor.address("/login", stage.visitor.asking())
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    await stage.visitor.send("POST", address, data=fields, headers={"User-Agent": "curl/7.88.1"})


async def aspnet_by_default(stage: Stage) -> None:
    sku = {"x-client-SKU": "ID_NET8_0"}
    await stage.visitor.authorize(response_type="id_token", response_mode="form_post", **sku)


async def boto_at_the_domain(stage: Stage) -> None:
    headers = {
        "User-Agent": "Boto3/1.44.5 md/Botocore#1.44.5",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.InitiateAuth",
    }
    await stage.visitor.send("POST", f"{stage.visitor.base}/oauth2/", data=b"{}", headers=headers)


@pytest.mark.parametrize(
    ("drive", "rule", "words"),
    [
        (oidc_client_signs_out, "AZ-1", "Call signoutRedirect({ extraQueryParams"),
        (amplify_elsewhere, "AZ-4", "Amplify takes the entry of redirectSignIn"),
        (authjs_without_profile, "AZ-10", "Auth.js asks for openid profile email"),
        (spring_behind_a_proxy, "AZ-4", "set server.forward-headers-strategy"),
        (openid_client_behind_a_proxy, "TC-3", "hand it the public URL"),
        (react_runs_twice, "TC-1", "StrictMode runs effects twice"),
        (requests_sends_json, "US-W5", "Use data= with a dictionary"),
        (curl_without_a_jar, "LG-2", "Use -c and -b"),
        (aspnet_by_default, "AZ-6", "Set ResponseType to code"),
        (boto_at_the_domain, "US-W3", "AWS SDKs speak the JSON API"),
    ],
)
async def test_a_trap_is_named_where_it_was_stepped_into(
    stage: Stage, drive: Any, rule: str, words: str
) -> None:
    await drive(stage)

    assert stage.refused_by == rule
    assert words in said(stage.explained())


async def test_no_trap_is_named_where_the_cause_is_another(stage: Stage) -> None:
    code = await stage.visitor.code(state=OIDC_STATE)
    stage.later(seconds=400)
    await stage.visitor.exchange(code)

    assert stage.refused_by == "TC-1"
    assert "StrictMode" not in said(stage.explained())
