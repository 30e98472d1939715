"""No password, client secret or Basic value lies anywhere after it was used."""

import base64
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox_app.app.event_lines import EventLines
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.flows.sessions import cookie_hash
from tests.server.conftest import Wire
from tests.visitor import Visitor, json_of

PASSWORD = "Sandbox-1"
WRONG = "Wr0ng-guess-zebra"
MADE_UP = "made-up-secret-giraffe"


@pytest.fixture
def lines(sandbox: Sandbox) -> Callable[[], str]:
    """Everything that `serve` would have printed so far."""
    written: list[str] = []
    events = EventLines(written.append, sandbox.core.timestamp)
    sandbox.core.bus.subscribe(object, events.tell)

    def read() -> str:
        events.flush()
        return "".join(written)

    return read


def files_of(sandbox: Sandbox) -> bytes:
    """The workspace and its side files as they lie on disk."""
    assert sandbox.core.store.traffic.flush()
    path = sandbox.settings.workspace
    assert path is not None
    beside = [*path.parent.glob(f"{path.name}*"), *path.parent.glob(f"{path.name}*/*")]
    return b"".join(file.read_bytes() for file in beside if file.is_file())


async def everything(visitor: Visitor) -> dict[str, str]:
    """One of every journey; the tokens, codes and secrets that were used."""
    wrong = await visitor.submit("alice", WRONG)
    assert wrong.status == 200
    code = await visitor.code("alice", "web")
    found = visitor.client("web")
    secret = found.client_secrets[0].client_secret_value
    tokens = json_of(await visitor.exchange(code, "web"))
    in_body = {
        "grant_type": "refresh_token",
        "client_id": found.client_id,
        "client_secret": secret,
        "refresh_token": tokens["refresh_token"],
    }
    assert (await visitor.post("/oauth2/token", in_body)).status == 200
    in_body["client_secret"] = MADE_UP
    assert (await visitor.post("/oauth2/token", in_body)).status == 400
    machine = await visitor.token("m2m", grant_type="client_credentials")
    assert machine.status == 200
    await visitor.userinfo(tokens["access_token"])
    revoke = {"token": tokens["refresh_token"]}
    assert (
        await visitor.post("/oauth2/revoke", revoke, headers=visitor.basic("web"))
    ).status == 200
    basic = [visitor.basic(name)["Authorization"].split()[1] for name in ("web", "m2m")]
    machine_secret = visitor.client("m2m").client_secrets[0].client_secret_value
    return {
        "code": code,
        "secret": secret,
        "machine secret": machine_secret,
        "web by Basic": basic[0],
        "m2m by Basic": basic[1],
        "machine token": json_of(machine)["access_token"],
        **{name: tokens[name] for name in ("id_token", "access_token", "refresh_token")},
    }


async def test_no_secret_is_printed_or_logged(
    visitor: Visitor, lines: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    used = await everything(visitor)
    told = lines() + caplog.text

    assert '"event":"tokens_minted"' in told
    for name, secret in {**used, "password": PASSWORD, "wrong": WRONG, "made up": MADE_UP}.items():
        assert secret not in told, name
    assert all(cookie.value not in told for cookie in visitor.session.cookie_jar)


async def test_no_password_or_credential_lies_in_the_workspace(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    used = await everything(visitor)
    disk = files_of(sandbox)

    assert used["access_token"].encode() in disk, (
        "Live shows tokens, so this looks in the right place"
    )
    for secret in (PASSWORD, WRONG, MADE_UP, used["web by Basic"], used["m2m by Basic"]):
        assert secret.encode() not in disk, secret


async def test_client_secrets_lie_in_the_configuration_alone(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    used = await everything(visitor)
    sandbox.core.store.traffic.flush()
    assert sandbox.settings.workspace is not None

    holding = tables_with(sandbox.settings.workspace, (used["secret"], used["machine secret"]))
    assert holding == {"user_pool_client"}


async def test_refresh_tokens_and_cookies_are_readable_in_the_traffic_alone(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    used = await everything(visitor)
    cookie = next(c.value for c in visitor.session.cookie_jar if c.key == "cognito").strip('"')
    sandbox.core.store.traffic.flush()
    assert sandbox.settings.workspace is not None

    holding = tables_with(sandbox.settings.workspace, (used["refresh_token"], cookie))
    assert holding == {"exchange_detail"}
    assert tables_with(sandbox.settings.workspace, (cookie_hash(cookie),)) == {"browser_session"}


def tables_with(workspace: Path, secrets: tuple[str, ...]) -> set[str]:
    connection = sqlite3.connect(f"file:{workspace}?mode=ro", uri=True)
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
    ]
    found = set()
    for table in tables:
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            texts = [c if isinstance(c, bytes) else str(c).encode() for c in row]
            if any(secret.encode() in text for secret in secrets for text in texts):
                found.add(table)
    connection.close()
    return found


async def test_a_secret_put_into_the_address_is_kept_nowhere(
    wire: Wire, lines: Callable[[], str]
) -> None:
    """Neither in the target, nor in the redirect and the page that carry the query along."""
    query = f"client_id=x&password={WRONG}&client_secret={MADE_UP}"
    for target in (f"/oauth2/authorize?{query}", f"/login?{query}", f"/logout?{query}"):
        await wire.ask("GET", target)

    told = f"{wire.recorded}{lines()}"
    assert WRONG not in told
    assert MADE_UP not in told


async def test_a_page_that_carries_a_secret_along_is_not_kept(visitor: Visitor) -> None:
    page = await visitor.form(client_secret=MADE_UP)

    assert MADE_UP in page.text
    assert MADE_UP not in repr(visitor.seen)


@pytest.mark.parametrize(
    "authorization",
    [
        f"{MADE_UP}",
        f"Basic {base64.b64encode(MADE_UP.encode()).decode()}",
        f"Basic {base64.b64encode(f'{MADE_UP * 3}:7spa4k1m8v0c3n5b9x6zq2kdpa'.encode()).decode()}",
    ],
)
@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/userInfo"])
async def test_credentials_in_the_wrong_place_are_told_by_their_shape_alone(
    wire: Wire, lines: Callable[[], str], authorization: str, path: str
) -> None:
    """A secret sent without a scheme, without an id, or where the id belongs."""
    answer = await wire.ask(
        "POST",
        path,
        f"Authorization: {authorization}",
        "Content-Type: application/x-www-form-urlencoded",
        body=b"grant_type=client_credentials",
    )

    assert answer.status == 400
    told = f"{wire.recorded}{lines()}"
    assert MADE_UP not in told
    assert authorization.split()[-1] not in told


async def test_a_body_that_could_not_be_read_is_not_kept_with_its_secrets(
    wire: Wire, lines: Callable[[], str]
) -> None:
    json_body = f'{{"client_secret":"{MADE_UP}"}}'.encode()
    await wire.ask("POST", "/oauth2/token", "Content-Type: application/json", body=json_body)
    await wire.form("/login", f"password={WRONG}&password={WRONG}")
    await wire.form("/oauth2/token", f"client_secret={MADE_UP}\x00".encode())
    await wire.form("/oauth2/token", f"client_secret={MADE_UP}", "Content-Encoding: gzip")
    await wire.say(f"BR@KEN /{MADE_UP} HTTP/1.1\r\n\r\n".encode())
    await wire.say(
        f"GET http://a:{MADE_UP}@localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    )

    told = f"{wire.recorded}{lines()}"
    assert len(wire.recorded) == 6
    assert MADE_UP not in told
    assert WRONG not in told
