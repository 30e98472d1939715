"""The snippet for Spring Security, read by Spring Boot as its `application.yml`."""

import shutil
import subprocess
from typing import Any
from uuid import UUID

from tests.clients.environments import NoEnvironment, spring
from tests.clients.snippets.place import Place, free_port, line_with
from tests.visitor import new_session

_UNTRIED = "not tried: {}"


async def web_app(place: Place, client: str, **changes: Any) -> str:
    """A person is sent to the pool, comes back, and the app knows the name."""
    origin = f"http://localhost:{free_port()}"
    callback = f"{origin}/login/oauth2/code/cognito"
    with place.changed(client, callback_urls=(callback,), **changes):
        try:
            command = _command(place, place.snippet("spring", client).text)
        except NoEnvironment as missing:
            return _UNTRIED.format(missing)
        port = f"--server.port={origin.rpartition(':')[2]}"
        async with place.running(*command, port) as process:
            await line_with(process, "STARTED")
            said = await _signed_in(place, origin, callback)
    name = said.split()[0]
    assert name == "alice" or UUID(name), said
    return f"signed in as {name}"


async def _signed_in(place: Place, origin: str, callback: str) -> str:
    """What the app says to somebody who went where it sent them."""
    async with new_session() as browser:
        address = f"{origin}/me"
        while address.startswith(origin):
            async with browser.get(address, allow_redirects=False) as answer:
                assert answer.status == 302, await answer.text()
                address = answer.headers["Location"]
        back = await place.sign_in(address, callback)
        async with browser.get(back, allow_redirects=False) as answer:
            assert answer.headers["Location"].startswith(f"{origin}/me"), answer.headers
        async with browser.get(f"{origin}/me", allow_redirects=False) as answer:
            return await answer.text()


async def machine(place: Place) -> str:
    """The app gets a token of its own."""
    made = place.snippet("spring", "machine")
    try:
        command = _command(place, made.text)
    except NoEnvironment as missing:
        return _UNTRIED.format(missing)
    async with place.running(*command, "--server.port=0") as process:
        token = await line_with(process, "STARTED ")
    assert token.count(".") == 2, token
    return ""


def _command(place: Place, text: str) -> list[str]:
    """The command that starts the app beside its configuration, trusting the sandbox."""
    java, *rest = spring()
    (place.folder / "application.yml").write_text(text)
    store = place.folder / "trusted.p12"
    if not store.exists():
        keytool = [shutil.which("keytool") or "keytool", "-importcert", "-noprompt"]
        into = ["-keystore", str(store), "-storepass", "changeit", "-alias", "sandbox"]
        subprocess.run(
            [*keytool, *into, "-file", str(place.authority)], check=True, capture_output=True
        )
    trust = "-Djavax.net.ssl.trustStore"
    return [java, f"{trust}={store}", f"{trust}Password=changeit", *rest]
