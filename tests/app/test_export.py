"""`userpool-sandbox export`: what it writes, where, and what it leaves alone."""

import json
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sandbox_app.app.cli import main
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import Store

DEMO = str(resource_path("seeds/demo.yaml"))
SECOND = """
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Second001}}
    Properties: {UserPoolName: second}
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command beside a workspace with the demo pool; its status and what it said."""

    def command(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(arguments)
        out, err = capsys.readouterr()
        return status, out, err

    command("seed", DEMO, "--workspace", "w.sandbox")
    return command


def test_a_pool_goes_out_and_comes_back_the_same(run: Run) -> None:
    status, text, err = run("export", "--workspace", "w.sandbox")
    Path("out.yaml").write_text(text, encoding="utf-8")

    assert (status, err) == (0, "")
    _, told, _ = run("seed", "out.yaml", "--workspace", "other.sandbox")
    assert all(line.endswith(": created") for line in told.splitlines())
    assert run("export", "--workspace", "other.sandbox") == (0, text, "")
    _, told, _ = run("seed", "out.yaml", "--workspace", "w.sandbox")
    assert all(line.endswith(": unchanged") for line in told.splitlines())


def test_a_file_with_secrets_is_for_its_owner_alone(run: Run) -> None:
    assert run("export", "--workspace", "w.sandbox", "-o", "out.yaml") == (0, "", "")

    assert stat.S_IMODE(Path("out.yaml").stat().st_mode) == 0o600
    assert "ClientSecret: " in Path("out.yaml").read_text()


def test_secrets_and_users_stay_behind_when_asked(run: Run) -> None:
    options = ("--no-secrets", "--no-users", "-o", "out.yaml")
    assert run("export", "--workspace", "w.sandbox", *options) == (0, "", "")

    text = Path("out.yaml").read_text()
    assert "ClientSecret" not in text
    assert "AliceUser" not in text
    assert stat.S_IMODE(Path("out.yaml").stat().st_mode) != 0o600


def test_json_is_written_on_wish(run: Run) -> None:
    _, text, _ = run("export", "--workspace", "w.sandbox", "--format", "json")

    assert json.loads(text)["Resources"]["DemoPool"]["Type"] == "AWS::Cognito::UserPool"


def test_an_open_workspace_is_exported_as_it_is_and_not_disturbed(run: Run) -> None:
    with closing(Store.open(Path("w.sandbox"))) as store:
        store.settings.put("just", "now")
        status, text, err = run("export", "--workspace", "w.sandbox")

        assert (status, err) == (0, "")
        assert "DemoPool" in text
        store.settings.put("just", "later")


def test_a_closed_workspace_is_not_changed_and_nothing_is_left_beside_it(run: Run) -> None:
    before = contents()

    run("export", "--workspace", "w.sandbox")
    assert contents() == before


def contents() -> dict[Path, bytes]:
    """Every file of the workspace, its snapshots among them."""
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


@pytest.mark.parametrize("wanted", ["us-east-1_Second001", "second"])
def test_one_of_several_pools_is_named_by_id_or_name(run: Run, wanted: str) -> None:
    Path("second.yaml").write_text(SECOND)
    run("seed", "second.yaml", "--workspace", "w.sandbox")

    status, text, _ = run("export", "--workspace", "w.sandbox", "--pool", wanted)
    assert status == 0
    assert "UserPoolName: second" in text
    assert "demo" not in text

    status, text, err = run("export", "--workspace", "w.sandbox")
    assert (status, text) == (2, "")
    assert err == (
        "userpool-sandbox: Say which pool with --pool and its id: "
        "demo (us-east-1_Demo00001), second (us-east-1_Second001).\n"
    )


def test_what_cannot_be_exported_is_told_in_one_sentence(run: Run) -> None:
    Path("text").write_text("x" * 200)
    Store.open(Path("empty.sandbox")).close()
    folder = Path().resolve()
    for arguments, sentence in (
        (("w.sandbox", "--pool", "x"), "There is no pool x; there are demo (us-east-1_Demo00001)."),
        (("empty.sandbox",), "The workspace holds no pool."),
        (("none",), f"{folder}/none cannot be used: no such file or directory."),
        (("text",), f"{folder}/text cannot be used as a database: file is not a database."),
        (
            ("w.sandbox", "-o", "no/such/folder"),
            "no/such/.folder.",
        ),
    ):
        status, out, err = run("export", "--workspace", *arguments)
        assert (status, out) == (2, "")
        assert err.startswith(f"userpool-sandbox: {sentence}")
        assert err.count("\n") == 1
