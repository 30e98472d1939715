"""A single-page app with oidc-client-ts, driven in Chromium."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright.async_api import Error, Page, async_playwright, expect

from tests.chromium import launch, sign_in, trust

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>An app</title><script src="/oidc-client-ts.js"></script></head>
<body><h1>An app</h1><script>
const told = JSON.parse(sessionStorage.getItem("told") ?? "null");
if (told) {
  window.manager = new oidc.UserManager({
    authority: told.issuer,
    client_id: told.page.id,
    redirect_uri: `${told.app}/callback`,
    silent_redirect_uri: `${told.app}/silent`,
    post_logout_redirect_uri: `${told.app}/`,
    scope: "openid email profile",
    loadUserInfo: true,
    automaticSilentRenew: false,
    silentRequestTimeoutInSeconds: 3,
  });
  if (location.pathname === "/silent") { manager.signinSilentCallback(); }
}
</script></body></html>"""

Said = str | None


@asynccontextmanager
async def serving_page(packages: Path) -> AsyncIterator[str]:
    """Serve the app's one page under every path; yields its origin."""
    script = packages / "oidc-client-ts/dist/browser/oidc-client-ts.min.js"

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path == "/oidc-client-ts.js":
            return web.Response(text=script.read_text(), content_type="text/javascript")
        return web.Response(text=PAGE, content_type="text/html")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


async def journey(told: dict[str, Any], home: Path) -> list[tuple[str, bool, str]]:
    """Walk the session; each step's name, whether it went well, and what is to be said of it."""
    trust(home, Path(told["ca"]))
    done = []
    async with async_playwright() as playwright:
        browser = await launch(playwright, home)
        page = await browser.new_page()
        page.set_default_timeout(10_000)
        app = App(page, told)
        for name, step in app.steps.items():
            try:
                done.append((name, True, await step() or ""))
            except (Error, AssertionError) as error:
                done.append((name, False, str(error).splitlines()[0]))
        await browser.close()
    return done


class App:
    """The page, and the person in front of it."""

    def __init__(self, page: Page, told: dict[str, Any]) -> None:
        self.page = page
        self.told = told
        self.origin: str = told["app"]
        self.user: dict[str, Any] = {}
        self.steps: dict[str, Callable[[], Awaitable[Said]]] = {
            "sign in and trade the code": self.sign_in,
            "userInfo from another origin": self.user_info,
            "refresh": self.refresh,
            # To browsers, http and https on localhost are two sites; no cookie goes across.
            **(
                {"no silent sign-in in a frame of another site": self.frame_of_another_site}
                if told["issuer"].startswith("https")
                else {"silent sign-in in a hidden frame": self.hidden_frame}
            ),
            "revoke": self.revoke,
            "refused: a code used twice": self.twice,
            "refused: a scope the client has not": self.another_scope,
            "refused: a callback that is not registered": self.another_callback,
            "sign out: refused with OpenID Connect's parameters (LO-6)": self.sign_out_as_usual,
            "sign out with the pool's own parameters": self.sign_out,
        }

    async def _do(self, script: str) -> Any:
        """Run a script of the app; whatever it throws is raised here."""
        return await self.page.evaluate(script)

    async def _leave(self, script: str) -> None:
        """Run a script that leads the browser away."""
        async with self.page.expect_navigation():
            await self._do(f"void ({script})")

    async def _arrive(self) -> dict[str, Any]:
        await self.page.wait_for_url(f"{self.origin}/callback?*")
        user: dict[str, Any] = await self._do(
            "manager.signinRedirectCallback().then(user => ({...user}))"
        )
        return user

    async def sign_in(self) -> Said:
        await self.page.goto(f"{self.origin}/")
        await self.page.evaluate(
            "told => sessionStorage.setItem('told', JSON.stringify(told))", self.told
        )
        await self.page.reload()
        await self._leave("manager.signinRedirect()")
        await sign_in(self.page, self.told["username"], self.told["password"])
        self.user = await self._arrive()
        assert self.user["profile"]["cognito:username"] == "alice", self.user["profile"]
        return None

    async def user_info(self) -> Said:
        # Merged into the profile by the library: the ID token says true, userInfo says "true".
        assert self.user["profile"]["email"] == "alice@example.com", self.user["profile"]
        assert self.user["profile"]["username"] == "alice", self.user["profile"]
        return None

    async def refresh(self) -> Said:
        renewed = await self._do("manager.signinSilent().then(user => ({...user}))")
        assert renewed["access_token"] != self.user["access_token"], "the same access token"
        self.user = renewed
        return None

    async def hidden_frame(self) -> Said:
        await self._do("manager.removeUser()")
        again = await self._do("manager.signinSilent().then(user => ({...user}))")
        assert again["profile"]["sub"] == self.user["profile"]["sub"], "another user"
        self.user = again
        return "no refresh token, so the session's cookie answered"

    async def frame_of_another_site(self) -> Said:
        kept = "manager.getUser().then(user => ({...user}))"
        self.user = await self._do(kept)
        await self._do("manager.removeUser()")
        said = await self._do("manager.signinSilent().then(() => 'accepted', e => e.name)")
        await self._do(f"manager.storeUser(new oidc.User({json.dumps(self.user)}))")
        return _expect("ErrorTimeout", said)

    async def revoke(self) -> Said:
        await self._do("manager.revokeTokens(['refresh_token'])")
        # The library forgets what it revoked, so the token is put back to be refused.
        refresh = json.dumps(self.user["refresh_token"])
        return _expect(
            "invalid_grant",
            await self._do(
                f"""manager.getUser()
                .then(user => manager.storeUser(Object.assign(user, {{refresh_token: {refresh}}})))
                .then(() => manager.signinSilent())
                .then(() => "accepted", e => e.error)"""
            ),
        )

    async def twice(self) -> Said:
        await self._leave("manager.signinRedirect({state: 1})")
        await self.page.wait_for_url(f"{self.origin}/callback?*")
        # The state is kept for a second attempt, as after a reload at the wrong moment.
        return _expect(
            "invalid_grant",
            await self._do(
                """(async () => {
                  const kept = {...localStorage};
                  await manager.signinRedirectCallback();
                  Object.assign(localStorage, kept);
                  return manager.signinRedirectCallback().then(() => "accepted", e => e.error);
                })()"""
            ),
        )

    async def another_scope(self) -> Said:
        await self._leave("manager.signinRedirect({scope: 'openid offline_access'})")
        await self.page.wait_for_url(f"{self.origin}/callback?*")
        return _expect(
            "invalid_request",
            await self._do("manager.signinRedirectCallback().then(() => 'accepted', e => e.error)"),
        )

    async def another_callback(self) -> Said:
        elsewhere = f"{self.origin}/callback/"
        await self._leave(f"manager.signinRedirect({{redirect_uri: {elsewhere!r}}})")
        return await self._stopped()

    async def sign_out_as_usual(self) -> Said:
        await self.page.goto(f"{self.origin}/")
        await self._leave("manager.signoutRedirect()")
        return await self._stopped()

    async def sign_out(self) -> Said:
        await self.page.goto(f"{self.origin}/")
        # Without a user the library sends client_id of its own, and twice is once too often.
        await self._do(f"manager.storeUser(new oidc.User({json.dumps(self.user)}))")
        own = {"client_id": self.told["page"]["id"], "logout_uri": f"{self.origin}/"}
        await self._leave(f"manager.signoutRedirect({{extraQueryParams: {own!r}}})")
        await self.page.wait_for_url(f"{self.origin}/")
        await self._leave("manager.signinRedirect()")
        await expect(self.page).to_have_title("Signin")
        return None

    async def _stopped(self) -> Said:
        said = "An error was encountered with the requested page."
        await expect(self.page.get_by_role("heading", name=said)).to_be_visible()
        return None


def _expect(error: str, got: str | None) -> str:
    assert got == error, f"{got} instead of {error}"
    return error
