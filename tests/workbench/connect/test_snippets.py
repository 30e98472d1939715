"""What can be copied runs as it is, with the values of the moment."""

import asyncio
import json
import sys
from dataclasses import replace

import pytest

from sandbox_app.workbench.connect import LIBRARIES, client_addresses, pool_addresses, snippet
from tests.conftest import DEMO_POOL
from tests.visitor import Visitor

KEYS = [key for key, _ in LIBRARIES]


def written(visitor: Visitor, library: str, client) -> object:
    core = visitor.sandbox.core
    pool = pool_addresses(core, core.store.pools.get(DEMO_POOL), visitor.base)
    return snippet(library, client, pool, client_addresses(client, visitor.base))


async def run(*command: str, typed: str = "") -> str:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate(typed.encode())
    assert process.returncode == 0, errors.decode()
    return out.decode()


async def test_the_machines_curl_lines_fetch_a_token(visitor: Visitor) -> None:
    made = written(visitor, "curl", visitor.client("m2m"))

    answer = await run("sh", "-c", made.text)

    token, _ = json.JSONDecoder().raw_decode(answer)
    assert token["token_type"] == "Bearer"
    assert '"jwks_uri"' in answer


async def test_the_machines_authlib_lines_fetch_a_token(visitor: Visitor) -> None:
    made = written(visitor, "authlib", visitor.client("m2m"))

    token = await run(sys.executable, "-W", "error::SyntaxWarning", "-c", made.text)

    assert token.count(".") == 2


@pytest.mark.parametrize("name", ["spa", "web"])
async def test_a_sign_in_with_the_authlib_lines_names_the_user(visitor: Visitor, name) -> None:
    made = written(visitor, "authlib", visitor.client(name))
    program = made.text.replace("input('Where did that lead to? ')", "came_back(url)")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{_PASTING}\n{program}"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    line = (await process.stdout.readline()).decode()
    form_address = (await visitor.send("GET", line.rpartition(" ")[2].strip())).location
    form = await visitor.send("GET", form_address)
    typed = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    back = await visitor.send("POST", form_address, data=typed)
    out, errors = await process.communicate(f"{back.location}\n".encode())

    assert process.returncode == 0, errors.decode()
    assert "'username': 'alice'" in out.decode()


_PASTING = "def came_back(url):\n    import sys\n    sys.stdout.flush()\n    return input()"


async def test_a_page_in_a_browser_gets_the_public_clients_values(visitor: Visitor) -> None:
    made = written(visitor, "oidc-client-ts", visitor.client("spa"))

    assert f"authority: '{visitor.base}/{DEMO_POOL}'" in made.text
    assert "client_id: '7spa4k1m8v0c3n5b9x6zq2kdpa'" in made.text
    assert "redirect_uri: 'http://localhost:5173/callback'" in made.text
    assert "scope: 'openid email profile'" in made.text


async def test_a_page_in_a_browser_gets_no_secret(visitor: Visitor) -> None:
    made = written(visitor, "oidc-client-ts", visitor.client("web"))

    assert made.text == ""
    assert made.note == "web has a secret, and a page in a browser can keep none."


@pytest.mark.parametrize("library", KEYS)
async def test_a_client_without_a_callback_says_what_is_missing(visitor, library) -> None:
    client = replace(visitor.client("spa"), callback_urls=())

    made = written(visitor, library, client)

    assert made.text == ""
    assert made.note == "spa has no callback URL of its own yet."


async def test_a_machine_signs_nobody_in_in_a_browser(visitor: Visitor) -> None:
    client = replace(visitor.client("m2m"), client_secrets=())

    made = written(visitor, "oidc-client-ts", client)

    assert made.note == "m2m signs nobody in: the flow “code” is not switched on for it."


@pytest.mark.parametrize("library", KEYS)
@pytest.mark.parametrize("name", ["spa", "web", "m2m"])
async def test_every_live_value_stands_in_the_text(visitor, library, name) -> None:
    made = written(visitor, library, visitor.client(name))

    for value in made.live_values:
        assert value in made.text


@pytest.mark.parametrize("library", ["curl", "authlib", "oidc-client-ts"])
async def test_a_callback_with_quotes_stays_inside_its_quotes(visitor, library) -> None:
    odd = "http://localhost:5173/it's?a=1&b=$(id)"
    client = replace(visitor.client("spa"), callback_urls=(odd,))

    made = written(visitor, library, client)

    quoted = {
        "curl": "'redirect_uri=http://localhost:5173/it'\"'\"'s?a=1&b=$(id)'",
        "authlib": f'redirect_uri="{odd}"',
        "oidc-client-ts": "redirect_uri: 'http://localhost:5173/it\\'s?a=1&b=$(id)'",
    }
    assert quoted[library] in made.text
