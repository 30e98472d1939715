"""What cannot be done: one sentence on stderr, status 2, and nothing made or changed."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from sandbox_app.app.cli import main
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import Store

PORTS = ("--port", "0", "--tls-port", "off")
BAD_SEED = """
Resources:
  Good:
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: good}
  Bad:
    Type: AWS::Cognito::UserPoolClient
    Properties: {ClientName: bad, UserPoolId: !Ref Good, Colour: blue}
"""


def everything_in(folder: Path) -> dict[str, bytes]:
    """All files but those of the user's data folder, which hold the certificate authority."""
    files = (path for path in folder.rglob("*") if path.is_file() and "home" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The sentence that the command was refused with."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("userpool-sandbox: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    return err.removeprefix("userpool-sandbox: ").removesuffix("\n")


@pytest.fixture
def workspace(home: Path) -> Path:
    """One that exists, and was closed properly."""
    path = home / "w.sandbox"
    Store.open(path).close()
    return path


def serve(workspace: Path | str, *more: str) -> list[str]:
    return ["serve", "--workspace", str(workspace), *PORTS, *more]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"This is a shopping list.", "is not a workspace: it is not a database."),
        (b"SQLite format 3\x00" + b"\x01" * 200, "is not a workspace: it is a database of another"),
    ],
)
@pytest.mark.parametrize("command", ["serve", "seed"])
def test_a_strangers_file_is_left_alone(
    home: Path, capsys: pytest.CaptureFixture[str], command: str, content: bytes, words: str
) -> None:
    file = home / "list.txt"
    file.write_bytes(content)
    demo = str(resource_path("seeds/demo.yaml"))
    arguments = serve(file) if command == "serve" else ["seed", demo, "--workspace", str(file)]

    assert words in refused(arguments, capsys)
    assert everything_in(home) == {"list.txt": content}


def test_a_newer_workspace_is_left_alone(
    home: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    connection = sqlite3.connect(workspace)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = everything_in(home)

    assert "was written by a newer version of this program" in refused(serve(workspace), capsys)
    assert everything_in(home) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all files")
def test_an_unreadable_workspace_is_left_alone(
    home: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.chmod(0)

    assert "permission denied" in refused(serve(workspace), capsys)


def test_a_damaged_workspace_is_left_alone(
    home: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace.write_bytes(workspace.read_bytes()[:5000])
    before = everything_in(home)

    assert "cannot be used as a database" in refused(serve(workspace), capsys)
    assert everything_in(home) == before


def test_a_folder_is_no_workspace(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "folder").mkdir()

    assert "not a plain file" in refused(serve(home / "folder"), capsys)


def test_a_workspace_needs_its_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(serve(home / "no" / "w.sandbox"), capsys)

    assert sentence.endswith("cannot be made: its folder does not exist.")
    assert everything_in(home) == {}


@pytest.mark.parametrize("command", ["serve", "seed"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_bad_seed_names_its_line_and_imports_nothing(
    home: Path, workspace: Path, capsys: pytest.CaptureFixture[str], command: str, is_new: bool
) -> None:
    seed = home / "seed.yaml"
    seed.write_text(BAD_SEED)
    path = home / "new.sandbox" if is_new else workspace
    before = everything_in(home)
    arguments = {
        "serve": serve(path, "--seed", str(seed)),
        "seed": ["seed", str(seed), "--workspace", str(path)],
    }[command]

    assert refused(arguments, capsys) == f"{seed}:8: Bad.Colour: no such property"
    after = everything_in(home)
    assert after.keys() == before.keys()
    with sqlite3.connect(workspace) as connection:
        assert connection.execute("SELECT count(*) FROM user_pool").fetchone() == (0,)
    connection.close()


def test_one_bad_seed_of_two_spoils_both(
    home: Path, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = home / "good.yaml", home / "bad.yaml"
    shutil.copy(resource_path("seeds/demo.yaml"), good)
    bad.write_text(BAD_SEED)

    refused(["seed", str(good), str(bad), "--workspace", str(workspace)], capsys)
    store = Store.open(workspace)
    assert store.pools.all() == ()
    store.close()


@pytest.mark.parametrize("command", ["serve", "seed"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("nowhere.yaml", "no such file or directory"),
        ("folder", "is a directory"),
        ("empty.yaml", "empty.yaml:1: "),
        ("binary.yaml", "binary.yaml"),
        ("list.yaml", "list.yaml:1: "),
    ],
)
def test_a_seed_that_cannot_be_read_is_named(
    home: Path, capsys: pytest.CaptureFixture[str], command: str, name: str, words: str
) -> None:
    (home / "folder").mkdir()
    (home / "empty.yaml").write_text("")
    (home / "binary.yaml").write_bytes(b"\xff\xfe\x00\x01")
    (home / "list.yaml").write_text("- a\n- b\n")
    before = everything_in(home)
    arguments = {
        "serve": serve("new.sandbox", "--seed", name),
        "seed": ["seed", name, "--workspace", "new.sandbox"],
    }[command]

    assert words in refused(arguments, capsys)
    assert everything_in(home) == before


def test_a_ready_file_needs_its_folder(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(serve("new.sandbox", "--ready-file", "no/ready.json"), capsys)

    assert sentence == "no cannot be used: no such file or directory."
    assert everything_in(home) == {}


def test_an_address_of_another_machine_cannot_be_bound(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "203.0.113.9 is no address" in refused(
        serve("n.sandbox", "--host", "203.0.113.9"), capsys
    )
    assert everything_in(home) == {}


def test_one_port_cannot_serve_both(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["serve", "--workspace", "n.sandbox", "--port", "9400", "--tls-port", "9400"]

    assert "cannot share port 9400" in refused(arguments, capsys)
    assert everything_in(home) == {}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["serve", "--port", "99999"], "'99999' is not a port from 0 to 65535"),
        (["serve", "--port", "off"], "'off' is not a port"),
        (["serve", "--tls-port", "-1"], "is not a port"),
        (["serve", "--tls-port", "٣"], "is not a port"),
        (["serve", "--parameter", "Stage"], "'Stage' is not of the form NAME=VALUE"),
        (["serve", "--parameter", "=x"], "is not of the form NAME=VALUE"),
        (["serve", "--name", "http://x"], "'http://x' is not a host name"),
        (["serve", "--name", "x:80"], "'x:80' is not a host name"),
        (["serve", "--trust-proxy", "nonsense"], "'nonsense' is not an IP address or network"),
        (["serve", "extra"], "unrecognized arguments: extra"),
        (["ca", "--name", "http://x"], "'http://x' is not a host name"),
        (["seed", "--workspace", "w"], "the following arguments are required: FILE"),
        (["seed", "file.yaml"], "the following arguments are required: --workspace"),
        (["sreve"], "unrecognized arguments: sreve"),
    ],
)
def test_a_mistyped_argument_is_named_with_the_usage(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    out, err = capsys.readouterr()
    assert ended.value.code == 2
    assert out == ""
    assert err.startswith("usage: userpool-sandbox")
    assert words in err
    assert everything_in(home) == {}


@pytest.mark.parametrize("command", [["--help"], ["serve", "--help"], ["seed", "-h"], ["ca", "-h"]])
def test_every_command_explains_itself(
    home: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(command)

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("usage: userpool-sandbox")
