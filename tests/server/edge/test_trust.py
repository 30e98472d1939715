"""The advice on trusting our authority, followed: Chromium, Node.js, curl and Python."""

import asyncio
import os
import re
import shutil
import ssl
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.async_api import Error, async_playwright

from sandbox_app.domain.clock import SystemClock
from sandbox_app.server.edge import certificates
from sandbox_app.server.edge.certificates import Authority, TlsNames, ensure_authority
from sandbox_app.server.edge.issuing import leaf_certificate
from sandbox_app.server.edge.trust import instructions

CHROMIUM = "/usr/bin/chromium"


async def ok(request: web.BaseRequest) -> web.Response:
    return web.Response(text=f"hello {request.headers['Host']}")


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """An authority in a folder whose name needs quoting, as on macOS."""
    return ensure_authority(tmp_path / "Application Support", ["sandbox.test"], datetime.now(UTC))


@pytest.fixture
async def https_port(serve_edge, authority: Authority) -> int:
    names = TlsNames(authority, ["sandbox.test"], SystemClock().now, authority.pem.parent)
    edge = await serve_edge(ok, tls=names.context())
    return edge.bound.https_port


async def run(*command: str, **environment: str) -> str:
    """What a program prints, with errors."""
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(30):
        output, _ = await process.communicate()
    return output.decode()


async def trusted_by_chromium(home: Path, authority: Authority) -> None:
    """Run the very commands that we print, in a home of their own."""
    text = instructions(authority.pem)
    begin, end = text.index("mkdir -p ~/.pki"), text.index("Browsers from Snap")
    home.mkdir()
    assert await run("sh", "-ec", text[begin:end], HOME=str(home)) == ""


async def loaded(home: Path, *urls: str, arguments: tuple[str, ...] = ()) -> list[str]:
    """What Chromium shows at each address: the text of the page, or its error."""
    shown = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", *arguments],
            env={**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home / "share")},
        )
        for url in urls:
            page = await browser.new_page()
            try:
                await page.goto(url)
                shown.append(await page.inner_text("body"))
            except Error as error:
                shown.append(error.message.partition("net::")[2].split(" ")[0])
        await browser.close()
    return shown


async def test_chromium_trusts_each_of_our_names_and_no_other(
    tmp_path: Path, authority: Authority, https_port: int, serve_edge
) -> None:
    # What a thief of the authority's key could do: a leaf for somebody else's name.
    key = ec.generate_private_key(ec.SECP256R1())
    forged = leaf_certificate(
        authority.certificate, authority.key, key, ["bank.example"], datetime.now(UTC)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificates._load(context, forged, key, tmp_path)
    thief = (await serve_edge(ok, tls=context)).bound.https_port
    ours = [
        f"{host}:{https_port}"
        for host in (
            "localhost",
            "127.0.0.1",
            "[::1]",
            "x.localhost",
            "demo.auth.localhost",
            "sandbox.test",
        )
    ]
    await trusted_by_chromium(tmp_path / "home", authority)

    shown = await loaded(
        tmp_path / "home",
        *(f"https://{address}/" for address in ours),
        f"https://bank.example:{thief}/",
        arguments=("--host-resolver-rules=MAP sandbox.test 127.0.0.1, MAP bank.example 127.0.0.1",),
    )

    assert shown[:-1] == [f"hello {address}" for address in ours]
    assert shown[-1] == "ERR_CERT_INVALID"


async def test_chromium_that_was_told_nothing_trusts_nothing(
    tmp_path: Path, https_port: int
) -> None:
    (tmp_path / "home").mkdir()

    shown = await loaded(tmp_path / "home", f"https://localhost:{https_port}/")

    assert shown == ["ERR_CERT_AUTHORITY_INVALID"]


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
async def test_node_trusts_it_through_its_variable(authority: Authority, https_port: int) -> None:
    script = (
        "fetch(process.argv[1]).then(r => r.text()).then(console.log, e => console.log(`${e}`))"
    )
    url = f"https://localhost:{https_port}/"

    trusting = await run("node", "-e", script, url, NODE_EXTRA_CA_CERTS=str(authority.pem))

    assert trusting == f"hello localhost:{https_port}\n"
    assert "failed" in await run("node", "-e", script, url)


@pytest.mark.parametrize(
    ("variable", "script"),
    [
        ("REQUESTS_CA_BUNDLE", "import requests, sys; print(requests.get(sys.argv[1]).text)"),
        (
            "SSL_CERT_FILE",
            "import sys, urllib.request as r; print(r.urlopen(sys.argv[1]).read().decode())",
        ),
    ],
)
async def test_python_trusts_it_through_its_variables(
    authority: Authority, https_port: int, variable: str, script: str
) -> None:
    for host in ("localhost", "127.0.0.1", "[::1]"):
        url = f"https://{host}:{https_port}/"
        trusting = await run(sys.executable, "-c", script, url, **{variable: str(authority.pem)})
        assert trusting == f"hello {host}:{https_port}\n"
    assert "CERTIFICATE_VERIFY_FAILED" in await run(sys.executable, "-c", script, url)


async def test_curl_trusts_it_by_its_option(authority: Authority, https_port: int) -> None:
    # curl resolves names below localhost itself, so a pool's own host can be asked for, too.
    url = f"https://demo.auth.localhost:{https_port}/"

    assert await run("curl", "-sS", "--cacert", str(authority.pem), url) == (
        f"hello demo.auth.localhost:{https_port}"
    )
    assert "SSL certificate problem" in await run("curl", "-sS", url)


def test_the_advice_quotes_the_path_and_owns_up_to_what_nobody_tried(tmp_path: Path) -> None:
    pem = tmp_path / "Application Support" / "ca.pem"
    text = instructions(pem)

    assert str(pem) in text.splitlines()[2]
    for line in text.splitlines()[3:]:
        assert str(pem) not in line.replace(f"'{pem}'", "").replace(f'"{pem}"', "")
    entries = re.split(r"\n  (?=\S)", text)
    for untried in ("Debian", "Fedora", "macOS", "Windows", "Firefox", ".NET"):
        [entry] = [entry for entry in entries if entry.startswith(untried)]
        assert "(not tried" in entry
    for name in ("NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "keytool"):
        assert name in text
