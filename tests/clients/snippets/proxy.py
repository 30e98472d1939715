"""The snippet for oauth2-proxy, read by oauth2-proxy itself."""

import asyncio
import json
import secrets
from typing import Any

from tests.clients.environments import NoEnvironment, oauth2_proxy
from tests.clients.snippets.place import Place, free_port
from tests.visitor import new_session


async def signed_in(place: Place, issuer: str = "local", **changes: Any) -> str:
    """Nobody gets to the app without signing in; then the proxy knows who it is."""
    origin = f"http://localhost:{free_port()}"
    callback = f"{origin}/oauth2/callback"
    with place.changed("server", issuer=issuer, callback_urls=(callback,), **changes):
        made = place.snippet("oauth2-proxy", "server")
        (place.folder / "oauth2-proxy.cfg").write_text(made.text)
        # As the first lines of the snippet say.
        cookie = {"OAUTH2_PROXY_COOKIE_SECRET": secrets.token_hex(16)}
        trusting = {"SSL_CERT_FILE": str(place.authority)}
        try:
            program = str(oauth2_proxy())
        except NoEnvironment as missing:
            return f"not tried: {missing}"
        command = [program, "--config", "oauth2-proxy.cfg"]
        async with place.running(*command, **cookie, **trusting) as process:
            try:
                return await _through(place, origin, callback)
            except ConnectionError:
                process.kill()
                said = b"".join(await process.communicate()).decode().strip()
                raise AssertionError(said.rpartition("\n")[2] or "it does not listen") from None


async def _through(place: Place, origin: str, callback: str) -> str:
    """Past the proxy; whom it told the app about."""
    async with new_session() as browser:
        await _answering(origin)
        async with browser.get(origin) as answer:
            assert answer.status == 403, await answer.text()
        async with browser.get(f"{origin}/oauth2/start", allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            back = await place.sign_in(answer.headers["Location"], callback)
        async with browser.get(back, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
        async with browser.get(origin) as answer:
            assert answer.status == 202, await answer.text()
        async with browser.get(f"{origin}/oauth2/userinfo") as answer:
            known = json.loads(await answer.text())
    assert known["email"] in ("alice@example.com", "alice"), known
    return f"signed in as {known['email']}"


async def _answering(origin: str) -> None:
    """Until the proxy listens, or for twenty seconds."""
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", int(origin.rpartition(":")[2]))
        except ConnectionError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise ConnectionError
