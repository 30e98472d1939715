"""A server-side app with Authlib on httpx, and beside it the browser of the one who signs in.

Runs in an environment of its own, so it imports nothing of ours.
"""

import asyncio
import json
import os
import re
from collections.abc import Awaitable, Callable
from typing import Any

from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx import AsyncClient
from joserfc import jwt
from joserfc.jwk import KeySet

TOLD = json.loads(os.environ["JOURNEY"])
CALLBACK = f"{TOLD['app']}/callback"
VERIFIER = generate_token(48)


class Journey:
    """What is known by now."""

    provider: dict[str, Any]
    tokens: dict[str, Any]
    location: str

    def __init__(self) -> None:
        self.browser = AsyncClient(verify=TOLD["ca"], trust_env=False)

    def app(self, name: str = "server", **settings: Any) -> AsyncOAuth2Client:
        """Authlib's client; as a confidential one it proves itself by Basic."""
        usual = {"redirect_uri": CALLBACK, "scope": "openid email profile"}
        return AsyncOAuth2Client(
            TOLD[name]["id"],
            TOLD[name]["secret"],
            code_challenge_method="S256",
            verify=TOLD["ca"],
            trust_env=False,
            **{**usual, **settings},
        )

    async def discovery(self) -> str:
        answer = await self.browser.get(f"{TOLD['issuer']}/.well-known/openid-configuration")
        self.provider = answer.json()
        assert self.provider["issuer"] == TOLD["issuer"], "another issuer"
        return ""

    async def sign_in(self) -> str:
        async with self.app() as app:
            address, state = app.create_authorization_url(
                self.provider["authorization_endpoint"], code_verifier=VERIFIER, nonce="n-1"
            )
            self.location = await self._through_the_form(address)
            self.tokens = await app.fetch_token(
                self.provider["token_endpoint"],
                authorization_response=self.location,
                state=state,
                code_verifier=VERIFIER,
            )
        published = (await self.browser.get(self.provider["jwks_uri"])).json()
        keys = KeySet.import_key_set(published)
        read = jwt.decode(self.tokens["id_token"], keys, algorithms=["RS256"])
        expected = {"iss": {"essential": True, "value": TOLD["issuer"]}}
        known = {"nonce": "n-1", "client_id": TOLD["server"]["id"]}
        claims = CodeIDToken(read.claims, read.header, expected, known)
        claims.validate()
        return f"ID token of {claims['cognito:username']} verified"

    async def _through_the_form(self, address: str) -> str:
        page = await self.browser.get(address, follow_redirects=True)
        csrf = _found(r'name="_csrf" value="([^"]+)"', page.text)
        action = _found(r'<form action="([^"]+)"', page.text).replace("&amp;", "&")
        fields = {"_csrf": csrf, "username": TOLD["username"], "password": TOLD["password"]}
        answer = await self.browser.post(page.url.join(action), data=fields)
        return str(answer.headers["Location"])

    async def user_info(self) -> str:
        async with self.app(token=self.tokens) as app:
            person = (await app.get(self.provider["userinfo_endpoint"])).json()
        assert person["email"] == "alice@example.com", person
        return ""

    async def refresh(self) -> str:
        async with self.app(token=self.tokens) as app:
            renewed = await app.refresh_token(self.provider["token_endpoint"])
        assert renewed["access_token"] != self.tokens["access_token"], "the same access token"
        return ""

    async def revoke(self) -> str:
        refresh = self.tokens["refresh_token"]
        async with self.app(token=self.tokens) as app:
            answer = await app.revoke_token(self.provider["revocation_endpoint"], refresh)
            assert answer.status_code == 200, answer.status_code
            return await _refused(
                "invalid_grant",
                app.refresh_token(self.provider["token_endpoint"], refresh_token=refresh),
            )

    async def machine(self) -> str:
        for method in ("client_secret_basic", "client_secret_post"):
            settings = {"token_endpoint_auth_method": method, "scope": "orders/read"}
            async with self.app("machine", **settings) as app:
                await app.fetch_token(
                    self.provider["token_endpoint"], grant_type="client_credentials"
                )
        return ""

    async def twice(self) -> str:
        async with self.app() as app:
            return await _refused(
                "invalid_grant",
                app.fetch_token(
                    self.provider["token_endpoint"],
                    authorization_response=self.location,
                    code_verifier=VERIFIER,
                ),
            )

    async def another_secret(self) -> str:
        async with self.app("machine") as app:
            app.client_secret = "x"
            asked = app.fetch_token(
                self.provider["token_endpoint"], grant_type="client_credentials"
            )
            return await _refused("invalid_client", asked)

    async def sign_out(self) -> str:
        parameters = {"client_id": TOLD["server"]["id"], "logout_uri": f"{TOLD['app']}/"}
        endpoint = self.provider["end_session_endpoint"]
        answer = await self.browser.get(endpoint, params=parameters)
        assert answer.headers.get("Location") == f"{TOLD['app']}/", answer.status_code
        return ""


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None, f"no {pattern} in the page"
    return match[1]


async def _refused(error: str, action: Awaitable[Any]) -> str:
    try:
        await action
    except OAuthError as caught:
        if caught.error == error:
            return error
        raise AssertionError(f"{caught.error} instead of {error}") from caught
    raise AssertionError(f"accepted instead of {error}")


async def _step(name: str, action: Callable[[], Awaitable[str]]) -> None:
    try:
        told = {"step": name, "ok": True, "detail": await action()}
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is the result
        told = {"step": name, "ok": False, "detail": f"{type(error).__name__}: {error}"}
    print(json.dumps(told), flush=True)


async def _main() -> None:
    journey = Journey()
    await _step("discovery", journey.discovery)
    await _step("sign in and trade the code", journey.sign_in)
    await _step("userInfo", journey.user_info)
    await _step("refresh", journey.refresh)
    await _step("revoke", journey.revoke)
    await _step("machine token, secret by Basic and in the body", journey.machine)
    await _step("refused: a code used twice", journey.twice)
    await _step("refused: another secret", journey.another_secret)
    await _step("sign out with the pool's own parameters", journey.sign_out)
    await journey.browser.aclose()


asyncio.run(_main())
