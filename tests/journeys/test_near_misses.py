"""What only a check can know of a wrong secret, code or token is told in words, and never kept."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.clock import ManualClock
from sandbox_app.operations.user_pool_clients import (
    add_user_pool_client_secret,
    create_user_pool_client,
)
from tests.conftest import DEMO_POOL
from tests.journeys.reconfiguring import reconfigure
from tests.visitor import VERIFIER, Visitor, json_of

SECRET = "P1us+And" + "0123456789abcdefghijklmnopqrstuvwxyz+_ABCDEF"
"""Chosen so that every way of encoding it wrongly shows."""


@pytest.fixture
def api(sandbox: Sandbox) -> str:
    """A client with a secret of our choosing; its name."""
    create_user_pool_client(
        sandbox.core,
        {
            "UserPoolId": DEMO_POOL,
            "ClientName": "api",
            "ClientSecret": SECRET,
            "CallbackURLs": ["http://localhost:4000/callback"],
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthScopes": ["openid", "email"],
        },
    )
    return "api"


def because(visitor: Visitor) -> str:
    """The reason that Live shows for the last refusal."""
    refused = [check for check in visitor.checks if check.verdict is Verdict.REFUSED]
    return refused[0].because


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda _: "", "the client has a secret and none was sent"),
        (lambda s: f" {s} ", "the secret came with white space around it"),
        (lambda s: f'"{s}"', "the secret came with quotation marks around it"),
        (lambda s: quote(s, safe=""), "the secret came percent-encoded once too often"),
        (lambda s: s.replace("+", " "), "the secret came with its + as a space"),
        (encoded, "the secret came as base64"),
        (lambda s: encoded(f"id:{s}"), "the secret came as the whole Basic value"),
        (str.lower, "the secret came in lower case"),
        (lambda s: s[:20], "only the first 20 of the secret's 52 characters were sent"),
        (lambda s: s[-20:], "only the last 20 of the secret's 52 characters were sent"),
        (lambda s: s + "more", "the secret came with 4 more characters behind it"),
        (lambda s: s[:-1] + "Z", "the secret is right but for one character"),
        (lambda _: "undefined", "a placeholder was sent"),
        (lambda _: "${CLIENT_SECRET}", "a placeholder was sent"),
        (lambda _: "quite another", "another secret was sent: 13 characters"),
    ],
)
async def test_a_wrong_secret_is_told_by_what_is_wrong_with_it(
    visitor: Visitor, api: str, spoil: Callable[[str], str], words: str
) -> None:
    sent = spoil(SECRET)
    client_id = visitor.client(api).client_id
    form = {"grant_type": "refresh_token", "client_id": client_id, "client_secret": sent}

    await visitor.post("/oauth2/token", {name: it for name, it in form.items() if it})

    assert visitor.first_refusal == "TK-5"
    assert because(visitor).startswith(words)
    if len(sent) > 12:
        assert sent not in repr(visitor.seen)


async def test_a_secret_is_told_by_whose_it_is(
    sandbox: Sandbox, visitor: Visitor, api: str
) -> None:
    api_id = visitor.client(api).client_id
    of_web = visitor.client("web").client_secrets[0].client_secret_value
    form = {"grant_type": "refresh_token", "refresh_token": "x"}

    await visitor.post("/oauth2/token", {**form, "client_id": api_id, "client_secret": of_web})
    assert because(visitor).startswith("the secret is that of web")

    spa_id = visitor.client("spa").client_id
    await visitor.post("/oauth2/token", {**form, "client_id": spa_id, "client_secret": of_web})
    assert (visitor.first_refusal, because(visitor)[:25]) == ("TK-6", "the secret is that of web")

    await visitor.post("/oauth2/token", {**form, "client_id": of_web})
    assert (visitor.first_refusal, because(visitor)) == (
        "TK-4",
        "the secret of web was sent in place of its id",
    )

    await visitor.post("/oauth2/token", {**form, "client_id": api_id, "client_secret": api_id})
    assert because(visitor) == "the client's id was sent in place of its secret"

    added = add_user_pool_client_secret(
        sandbox.core, {"UserPoolId": DEMO_POOL, "ClientId": api_id}
    )["ClientSecretDescriptor"]
    by_id = {"client_id": api_id, "client_secret": added["ClientSecretId"]}
    await visitor.post("/oauth2/token", {**form, **by_id})
    assert because(visitor) == "the secret's id was sent in place of the secret"
    assert of_web not in repr(visitor.seen)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda c: f" {c}", "the code came with white space around it"),
        (lambda c: quote(f"{c}#"), "the code came with “#” and"),
        (lambda c: f"{c}#_=_", "the code came with “#” and what followed it"),
        (lambda c: f"{c}&state=1", "the code came with “&” and what followed it"),
        (str.upper, "the code came in upper case"),
        (lambda c: c + c, "the code came twice in one value"),
        (lambda c: c[:30], "no such code was issued: ours have 36 characters, this one 30"),
        (lambda c: "0" * 8 + c[8:], "no such code was issued, or it expired more than an hour"),
    ],
)
async def test_an_unknown_code_is_told_by_what_it_was_meant_to_be(
    visitor: Visitor, spoil: Callable[[str], str], words: str
) -> None:
    code = await visitor.code()

    await visitor.exchange(spoil(code))

    assert visitor.first_refusal == "TC-1"
    assert because(visitor).startswith(words)


async def test_a_token_in_place_of_a_code_or_refresh_token_is_recognised(visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    await visitor.exchange(tokens["access_token"])
    assert because(visitor) == "no such code was issued: this is an access or ID token"
    await visitor.exchange(tokens["refresh_token"])
    assert because(visitor) == "no such code was issued: this is a refresh token"
    await visitor.refresh(tokens["id_token"])
    assert because(visitor) == "no such refresh token was issued: this is an id token"
    await visitor.refresh(await visitor.code())
    assert because(visitor).endswith("this is an authorization code by its form")
    await visitor.refresh(tokens["refresh_token"][:900])
    assert because(visitor) == "the refresh token was cut off after 900 characters"
    await visitor.refresh(f" {tokens['refresh_token']}")
    assert because(visitor) == "the refresh token came with white space around it"
    await visitor.userinfo(tokens["refresh_token"])
    assert because(visitor).startswith("the token is a refresh token")
    await visitor.userinfo(tokens["access_token"].rpartition(".")[0])
    assert because(visitor).startswith("the token was cut off: it has 2 of")


async def test_a_code_is_told_by_when_it_was_redeemed_or_expired(
    sandbox: Sandbox, visitor: Visitor, clock: ManualClock
) -> None:
    code = await visitor.code()
    await visitor.exchange(code)
    clock.advance(timedelta(seconds=41))
    await visitor.exchange(code)
    assert because(visitor) == "the code was spent at 12:00:00 UTC, 41 s ago"

    code = await visitor.code()
    sandbox.core.clock.advance(timedelta(minutes=10))
    await visitor.exchange(code)
    assert because(visitor) == (
        "the code expired 5 min ago: it was issued 10 min ago and is good for 5 min; "
        "the sandbox's clock is 10 min ahead of this machine's"
    )


async def test_a_verifier_of_another_tab_is_recognised(visitor: Visitor) -> None:
    first = await visitor.code()
    await visitor.code(code_challenge="E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    other = await visitor.code(code_challenge="x" * 43)

    await visitor.exchange(other)
    assert because(visitor).startswith("the verifier belongs to an earlier sign-in")
    assert json_of(await visitor.exchange(first, code_verifier=VERIFIER))["access_token"]


async def test_a_wrong_password_is_told_without_trying_another(visitor: Visitor) -> None:
    tried = {
        " Sandbox-1": "the password is wrong; it came with white space around it",
        "alice": "the password is wrong: it is the user's own name or address",
        "sandbox-1": "the password is wrong, and none that the policy allows: password must have "
        "uppercase characters",
        "Sandbox-2": "the password is wrong",
    }
    for typed, words in tried.items():
        await visitor.submit("alice", typed)
        assert because(visitor) == words
        assert typed == "alice" or typed.strip() not in repr(visitor.seen[-1])


AUTHORIZE = {
    "response_mode": "form_post",
    "claims": '{"id_token":{}}',
    "audience": "https://api.example",
    "acr_values": "urn:mfa",
    "max_age": "0",
    "ui_locales": "de",
    "kc_idp_hint": "google",
    "access_type": "offline",
}


async def test_parameters_of_other_services_are_noted_with_what_does_it_here(
    visitor: Visitor,
) -> None:
    await visitor.authorize(**AUTHORIZE, id_token_hint="eyJ.secret.token")

    notes = {check.got: check.because for check in visitor.checks if check.rule == "OI-4.1"}
    assert list(notes) == [
        *(f"{name}={value}" for name, value in AUTHORIZE.items()),
        "id_token_hint",
    ]
    assert "resource names the API" in notes["audience=https://api.example"]
    assert "identity_provider" in notes["kc_idp_hint=google"]
    assert {str(check.verdict) for check in visitor.checks if check.rule == "OI-4.1"} == {"noted"}


@pytest.mark.parametrize(
    ("rule", "path", "parameters", "words"),
    [
        ("LO-6", "/logout", {"post_logout_redirect_uri": "http://x/"}, "the pool wants logout_uri"),
        ("LO-6", "/logout", {"id_token_hint": "eyJ"}, "the pool wants client_id"),
        ("OI-9", "/logout", {"returnTo": "http://x/"}, "logout_uri says where to go"),
    ],
)
async def test_logout_notes_the_names_of_other_services(
    visitor: Visitor, rule: str, path: str, parameters: Any, words: str
) -> None:
    await visitor.get(path, client_id=visitor.client("spa").client_id, **parameters)

    (note,) = (check for check in visitor.checks if check.rule == rule)
    assert words in note.because


async def test_the_token_endpoints_note_what_they_pass_over(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    tokens = await visitor.tokens()
    reconfigure(sandbox, visitor, "spa", EnableTokenRevocation=True)
    client_id = visitor.client("spa").client_id
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    await visitor.token("spa", client_id=client_id, scope="openid", **refresh)
    assert [check.got for check in visitor.checks if check.rule == "OI-6"] == ["scope=openid"]

    await visitor.token("m2m", grant_type="client_credentials", audience="https://api")
    assert visitor.noted("OI-6")

    form = {"client_id": client_id, "token": tokens["refresh_token"], "token_type_hint": "x"}
    await visitor.post("/oauth2/revoke", form)
    assert visitor.noted("OI-8")


@pytest.mark.parametrize(("host", "noted"), [("localhost", False), ("127.0.0.1", True)])
async def test_tokens_for_a_browser_that_came_by_another_name_say_so(
    visitor: Visitor, host: str, noted: bool
) -> None:
    there = visitor.base.replace("localhost", host)
    address = visitor.address(f"{there}/login", visitor.asking())
    form = await visitor.send("GET", address)
    fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    back = await visitor.send("POST", address, data=fields)

    answer = await visitor.exchange(back.members["code"])

    assert answer.status == 200
    told = [check for check in visitor.checks if check.rule == "US-N1"]
    assert [check.got for check in told] == ([visitor.base] if noted else [])
    assert all(there in check.because for check in told)
