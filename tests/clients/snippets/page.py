"""The snippets for pages, bundled as an app would be, and driven in Chromium."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from playwright.async_api import Page, async_playwright

from tests.chromium import launch, sign_in, trust
from tests.clients.environments import node, npm_packages
from tests.clients.snippets.place import Place

_PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>An app</title></head><body><h1>An app</h1>
<script type="module" src="/app.js"></script></body></html>"""

_AMPLIFY = """
import './snippet';
import { fetchAuthSession, getCurrentUser, signInWithRedirect, signOut } from 'aws-amplify/auth';
import { Hub } from 'aws-amplify/utils';
const failed = [];
Hub.listen('auth', ({ payload }) => {
  if (payload.event.endsWith('_failure')) { failed.push(String(payload.data?.error)); }
});
Object.assign(window, { fetchAuthSession, getCurrentUser, signInWithRedirect, signOut, failed });
"""

_OIDC = """
import { users } from './snippet';
Object.assign(window, { users });
"""


@asynccontextmanager
async def serving_app(folder: Path) -> AsyncIterator[str]:
    """Serve the app's one page under every path, with `app.js` of that folder; its origin."""

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path == "/app.js":
            script = (folder / "app.js").read_text()
            return web.Response(text=script, content_type="text/javascript")
        return web.Response(text=_PAGE, content_type="text/html")

    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://localhost:{runner.addresses[0][1]}"
    await runner.cleanup()


async def amplify(place: Place, origin: str, folder: Path) -> str:
    """Sign in by redirect, know who it is, sign out; nobody else is asked for anything."""
    await _bundle(place, folder, place.snippet("amplify", "page").text, _AMPLIFY)
    async with _chromium(place) as page:
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(request.url.split("/")[2]))
        await page.goto(f"{origin}/")
        await page.wait_for_function("'signInWithRedirect' in window")
        await page.evaluate("void signInWithRedirect()")
        await sign_in(page)
        await page.wait_for_url(f"{origin}/callback**")
        # The listener trades the code by itself; the session is there once it has.
        await page.wait_for_function(
            "async () => failed.length || await window.getCurrentUser().then(() => 1, () => 0)"
        )
        assert await page.evaluate("failed") == []
        assert (await page.evaluate("getCurrentUser()"))["username"] == "alice"
        token = "fetchAuthSession().then((it) => it.tokens.idToken.payload.email)"
        assert await page.evaluate(token) == "alice@example.com"
        await page.evaluate("void signOut()")
        await page.wait_for_url(f"{origin}/")
        own = {origin.split("/")[2], (place.sandbox.https or "").split("/")[2]}
        assert asked <= own, asked
    return "nothing left this machine"


async def oidc_client_ts(place: Place, origin: str, folder: Path) -> str:
    """The two lines of the comment, at the button and at the callback."""
    made = place.snippet("oidc-client-ts", "page")
    await _bundle(place, folder, made.text, _OIDC)
    async with _chromium(place) as page:
        await page.goto(f"{origin}/")
        await page.wait_for_function("'users' in window")
        await page.evaluate("void users.signinRedirect()")
        await sign_in(page)
        await page.wait_for_url(f"{origin}/callback?*")
        user = await page.evaluate("users.signinCallback().then((user) => user.profile)")
        assert user["cognito:username"] == "alice", json.dumps(user)
    return ""


async def oidc_client_ts_elsewhere(place: Place, origin: str, folder: Path) -> str:
    """With the real service's issuer the metadata is still found here."""
    with place.changed("page", issuer="aws"):
        return await oidc_client_ts(place, origin, folder)


async def _bundle(place: Place, folder: Path, snippet: str, entry: str) -> None:
    (folder / "snippet.ts").write_text(snippet)
    (folder / "entry.ts").write_text(entry)
    packages = folder / "node_modules"
    if not packages.exists():
        packages.symlink_to(npm_packages(), target_is_directory=True)
    esbuild = str(npm_packages() / "esbuild/bin/esbuild")
    options = ("--bundle", "--format=esm", f"--outfile={folder / 'app.js'}", "--log-level=error")
    await place.run(node(), esbuild, str(folder / "entry.ts"), *options)


@asynccontextmanager
async def _chromium(place: Place) -> AsyncIterator[Page]:
    home = place.folder / "browser"
    if not home.exists():
        trust(home, place.authority)
    async with async_playwright() as playwright:
        browser = await launch(playwright, home)
        page = await browser.new_page()
        page.set_default_timeout(15_000)
        yield page
        await browser.close()
