"""`python -m sandbox_app serve` as a script or container starts it."""

import json
import signal
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox_app.app.cli import main
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import Store
from tests.app.conftest import Served, start

SCHEMA: dict[str, dict[str, type | tuple[type, ...]]] = {
    "request": {
        **dict.fromkeys(("id", "method", "path", "step", "login", "pool", "client"), str),
        **dict.fromkeys(("user", "grant", "rule", "error", "because", "fault"), str),
        "status": int,
        "duration_ms": float,
    },
    "signed_in": {**dict.fromkeys(("login", "pool", "client", "user"), str), "silent": bool},
    "sign_in_failed": dict.fromkeys(("login", "pool", "client", "rule"), str),
    "tokens_minted": {
        **dict.fromkeys(("login", "pool", "client", "user", "grant"), str),
        "uses": list,
    },
    "keys_fetched": {**dict.fromkeys(("pool", "peer", "agent", "unusual"), str), "kids": list},
    "tokens_revoked": dict.fromkeys(("pool", "client"), str),
    "session_ended": dict.fromkeys(("pool", "login"), str),
    "changed": dict.fromkeys(("kind", "change", "pool", "id"), str),
    "seed_reloaded": {
        "files": list,
        **dict.fromkeys(("created", "updated", "unchanged"), int),
        "error": str,
    },
    "conditions_changed": {"part": str},
    "leniency_used": dict.fromkeys(("switch", "rule", "pool", "user"), str),
    "code_made": dict.fromkeys(("pool", "id", "purpose", "medium"), str),
    "snapshots_changed": {},
    "snapshot_restored": {"name": str},
}
"""The schema that `sandbox_app.workbench.telling` documents."""


def test_the_ready_line_says_where_everything_is(served: Served) -> None:
    ready = served.ready

    assert list(ready) == [
        "event",
        "http",
        "https",
        "ca_certificate",
        "control_token_file",
        "pools",
    ]
    assert ready["event"] == "ready"
    [pool] = ready["pools"]
    assert pool["id"] == "us-east-1_Demo00001"
    assert pool["issuer"] == f"{ready['http']}/us-east-1_Demo00001"
    assert [client["name"] for client in pool["clients"]] == ["spa", "web", "m2m"]
    assert all(client.keys() == {"id", "name"} for client in pool["clients"])


def test_the_ready_file_holds_the_same_line_for_its_owner_alone(served: Served) -> None:
    file = served.folder / "ready.json"

    served.wait_for(1)
    assert file.read_text() == served.lines[0]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in served.folder.glob("*ready*")] == ["ready.json"]


def test_what_lies_on_disk_is_for_its_owner_alone(served: Served) -> None:
    token = Path(served.ready["control_token_file"])
    snapshots = served.folder / "w.sandbox.snapshots"
    private = [token, *served.folder.glob("w.sandbox*"), *token.parent.glob("tls/*key*")]
    private.remove(snapshots)
    private += snapshots.iterdir()

    assert len(private) >= 6
    assert stat.S_IMODE(snapshots.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in private} == {0o600}
    assert len(token.read_text()) >= 32
    assert token.read_text() not in "".join(served.lines)


def test_what_the_file_holds_opens_the_control_interface(served: Served) -> None:
    token = Path(served.ready["control_token_file"]).read_text()
    conditions = f"{served.ready['http']}/_sandbox/conditions"

    let_in = requests.get(conditions, headers={"Authorization": f"Bearer {token}"}, timeout=5)
    turned_away = requests.get(conditions, headers={"Authorization": "Bearer x"}, timeout=5)
    assert (let_in.status_code, let_in.json()) == (200, {"deviations": []})
    assert turned_away.status_code == 401


def test_both_address_families_answer_on_the_same_port(served: Served) -> None:
    for scheme in ("http", "https"):
        port = urlsplit(served.ready[scheme]).port
        for host in ("localhost", "127.0.0.1", "[::1]"):
            health = requests.get(
                f"{scheme}://{host}:{port}/_sandbox/health",
                verify=served.ready["ca_certificate"],
                timeout=5,
            )
            assert health.json() == {"status": "ok"}, (scheme, host)


def test_a_name_is_answered_once_it_was_given(served: Served) -> None:
    health = f"{served.ready['http']}/_sandbox/health"

    assert requests.get(health, headers={"Host": "box.test"}, timeout=5).status_code == 200
    assert requests.get(health, headers={"Host": "box2.test"}, timeout=5).status_code == 421


def sign_in(served: Served, password: str) -> tuple[requests.Session, requests.Response]:
    spa = served.ready["pools"][0]["clients"][0]["id"]
    session = requests.Session()
    query = {
        "response_type": "code",
        "client_id": spa,
        "redirect_uri": f"{served.ready['http']}/_demo/callback",
        "scope": "openid email",
        "state": "s-1",
    }
    form = session.get(f"{served.ready['http']}/oauth2/authorize", params=query, timeout=5)
    fields = {
        "_csrf": session.cookies["sandbox-csrf"],
        "username": "alice",
        "password": password,
    }
    return session, session.post(form.url, fields, allow_redirects=False, timeout=5)


def test_events_follow_the_documented_schema_and_hold_no_secret(served: Served) -> None:
    base, spa = served.ready["http"], served.ready["pools"][0]["clients"][0]["id"]
    sign_in(served, "Wr0ng-guess-zebra")
    session, back = sign_in(served, "Sandbox-1")
    code = parse_qs(urlsplit(back.headers["Location"]).query)["code"][0]
    tokens: dict[str, Any] = session.post(
        f"{base}/oauth2/token",
        {
            "grant_type": "authorization_code",
            "client_id": spa,
            "code": code,
            "redirect_uri": f"{base}/_demo/callback",
        },
        timeout=5,
    ).json()
    issuer = served.ready["pools"][0]["issuer"]
    requests.get(f"{issuer}/.well-known/jwks.json", timeout=5)
    revoke = {"token": tokens["refresh_token"], "client_id": spa}
    assert session.post(f"{base}/oauth2/revoke", revoke, timeout=5).status_code == 200
    out = {"client_id": spa, "logout_uri": f"{base}/_demo/"}
    session.get(f"{base}/logout", params=out, allow_redirects=False, timeout=5)
    requests.get(f"{base}/nowhere?password=Sandbox-1", timeout=5)

    while '"path":"/nowhere"' not in "".join(served.lines):
        served.wait_for(len(served.lines) + 1)
    events = [json.loads(line) for line in served.lines[1:]]
    for event in events:
        expected = SCHEMA[event["event"]]
        assert event.keys() == {"event", "at", *expected}
        assert isinstance(event["at"], float)
        for name, kind in expected.items():
            assert type(event[name]) is kind, (event["event"], name)
    kinds = {event["event"] for event in events}
    elsewhere = {"changed", "seed_reloaded", "conditions_changed", "leniency_used", "code_made"}
    assert kinds == SCHEMA.keys() - elsewhere - {"snapshots_changed", "snapshot_restored"}
    told = "".join(served.lines)
    cookies = [cookie.value or "" for cookie in session.cookies]
    hidden = (
        "Sandbox-1",
        "zebra",
        code,
        *cookies,
        *(tokens[name] for name in tokens if "_token" in name),
    )
    assert [secret for secret in hidden if secret.strip('"') in told] == []


def test_events_of_one_login_are_told_in_their_order(served: Served) -> None:
    before = len(served.lines)
    sign_in(served, "Sandbox-1")

    while '"event":"signed_in"' not in "".join(served.lines[before:]):
        served.wait_for(len(served.lines) + 1)
    served.wait_for(before + 4)
    events = [json.loads(line) for line in served.lines[before:]]
    login = next(event for event in events if event["event"] == "signed_in")
    of_login = [event for event in events if event.get("login") == login["login"]]
    steps = [event.get("step", event["event"]) for event in of_login]
    assert steps == ["authorize", "login", "signed_in", "login"]
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)


def test_a_workspace_that_is_open_elsewhere_is_refused(
    served: Served, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    served.wait_for(1)
    workspace = served.folder / "w.sandbox"
    for command in (
        ["serve", "--workspace", str(workspace), "--port", "0", "--tls-port", "off"],
        ["seed", "seed.yaml", "--workspace", str(workspace)],
    ):
        assert main(command) == 2
        out, err = capsys.readouterr()
        assert (out, err) == (
            "",
            f"userpool-sandbox: {workspace} is open in another sandbox.\n",
        )


@pytest.mark.parametrize("option", ["--port", "--tls-port"])
def test_a_taken_port_is_refused_before_anything_is_made(
    served: Served, home: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    taken = str(urlsplit(served.ready["http"]).port)
    ports = {"--port": "0", "--tls-port": "0", option: taken}
    given = [word for pair in ports.items() for word in pair]

    assert main(["serve", "--workspace", "new.sandbox", *given]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"userpool-sandbox: Port {taken} on 127.0.0.1 is in use by another program; "
        "choose another one.\n"
    )
    assert list(home.glob("*.sandbox*")) == []


def test_a_taken_port_keeps_the_seeds_out_of_a_workspace(
    served: Served, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Store.open(Path("old.sandbox")).close()
    taken = str(urlsplit(served.ready["http"]).port)
    seed = str(resource_path("seeds/demo.yaml"))
    ports = ("--port", taken, "--tls-port", "off")

    assert main(["serve", "--workspace", "old.sandbox", "--seed", seed, *ports]) == 2
    assert "in use by another program" in capsys.readouterr().err
    store = Store.open(Path("old.sandbox"))
    assert store.pools.all() == ()
    store.close()


def test_sigterm_ends_it_with_status_0_and_leaves_no_token(served: Served) -> None:
    """Last in this file: it ends what the others talk to."""
    token = Path(served.ready["control_token_file"])
    before = json.loads((served.folder / "ready.json").read_text())

    assert served.end(signal.SIGTERM) == (0, "")
    assert not token.exists()
    assert before == served.ready
    assert all(json.loads(line)["event"] for line in served.lines)
    assert not list(served.folder.glob("w.sandbox-wal"))


def test_sigint_ends_one_that_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "ready.json").write_text("from an earlier run")
    given = ("--workspace", ":memory:", "--port", "0", "--tls-port", "off")
    running = start(tmp_path, *given, "--ready-file", "ready.json")
    try:
        assert running.ready["https"] is None
        assert (tmp_path / "ready.json").read_text() == running.lines[0]
        assert running.end(signal.SIGINT) == (0, "")
    finally:
        running.discard()
    assert list(tmp_path.rglob("*.sandbox*")) == []


def test_it_serves_on_when_nobody_reads_any_more(tmp_path: Path) -> None:
    """`serve … | head -1` must neither end nor fill stderr."""
    given = ("--workspace", ":memory:", "--port", "0", "--tls-port", "off")
    running = start(tmp_path, *given, listen=False)
    try:
        assert running.process.stdout is not None
        base = json.loads(running.process.stdout.readline())["http"]
        running.process.stdout.close()
        for _ in range(2):
            assert requests.post(f"{base}/oauth2/token", timeout=5).status_code == 400
        assert running.end(signal.SIGTERM) == (0, "")
    finally:
        running.discard()
