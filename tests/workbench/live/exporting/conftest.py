"""Whole sign-ins over real HTTP, with every secret that passed through them."""

import re
from typing import Any, NamedTuple

import pytest

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from tests.visitor import VERIFIER, Visitor, json_of

_COOKIE = re.compile(r'^[^=]+="?([^";]+)')


class Recorded(NamedTuple):
    """What was recorded, and the secrets in it by kind."""

    seen: list[tuple[Exchange, ExchangeDetail]]
    secrets: dict[str, str]

    @property
    def details(self) -> list[ExchangeDetail]:
        return [detail for _, detail in self.seen]


@pytest.fixture
async def recorded(visitor: Visitor) -> Recorded:
    """A confidential sign-in with everything after it, and an implicit one."""
    secrets: dict[str, str] = {"state": "the-state-of-the-app", "PKCE verifier": VERIFIER}
    given: dict[str, Any] = {"state": secrets["state"]}
    form = await visitor.form("web", **given)
    secrets["CSRF value"] = form.csrf
    back = await visitor.send(
        "POST",
        visitor.address("/login", visitor.asking("web", **given)),
        data={"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"},
        headers={"Referer": visitor.address("/login", visitor.asking("web", **given))},
    )
    secrets |= {"password": "Sandbox-1", "code": back.members["code"]}
    cookie = next(it for it in back.headers.getall("Set-Cookie") if it.startswith("cognito="))
    found = _COOKIE.match(cookie)
    assert found is not None
    secrets["session cookie"] = found[1]
    client = visitor.client("web")
    secrets["client secret"] = client.client_secrets[0].client_secret_value
    secrets["Basic credentials"] = visitor.basic("web")["Authorization"].partition(" ")[2]
    tokens = json_of(await visitor.exchange(secrets["code"], "web"))
    for name in ("id_token", "access_token", "refresh_token"):
        secrets[name] = tokens[name]
    # The secret in the body too, and the access token where it does not belong.
    await visitor.post(
        "/oauth2/token",
        {
            "grant_type": "refresh_token",
            "refresh_token": tokens["refresh_token"],
            "client_id": client.client_id,
            "client_secret": secrets["client secret"],
        },
    )
    await visitor.userinfo(tokens["access_token"])
    await visitor.get("/oauth2/userInfo", access_token=tokens["access_token"])
    await visitor.get("/oauth2/userInfo", next=f"/callback?code={secrets['code']}")
    await visitor.get("/oauth2/revoke", headers={"X-Trace": f"seen {tokens['id_token']}"})
    await visitor.post("/oauth2/revoke", {"token": tokens["refresh_token"]})
    implicit = await visitor.authorize("web", response_type="token", **given)
    if "access_token" in implicit.members:
        secrets["implicit token"] = implicit.members["access_token"]
    await visitor.get("/logout", client_id=client.client_id, id_token_hint=tokens["id_token"])
    assert len(visitor.seen) >= 11
    return Recorded(list(visitor.seen), secrets)
