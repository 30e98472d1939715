"""`userpool-sandbox doctor` as a person or a script runs it."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox_app.app.cli import main
from sandbox_app.app.doctor.command import in_lines, worst
from sandbox_app.app.doctor.finding import Grade, broken, fine, warning
from tests.app.conftest import surroundings

PORTS = ("--port", "0", "--tls-port", "0")
WITHOUT_QT = """
import sys
sys.modules["PySide6"] = sys.modules["qasync"] = None
from sandbox_app.app.cli import main
sys.exit(main(["doctor", "--port", "0", "--tls-port", "off"]))
"""


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without any data."""
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_check_is_one_line_with_its_mark_and_remedy() -> None:
    findings = [fine("a", "is well"), warning("b", "ails", "Rest."), broken("c", "is dead")]

    assert in_lines(findings) == "✓ a: is well\n! b: ails → Rest.\n✗ c: is dead\n"
    assert worst(findings) is Grade.BROKEN
    assert worst(findings[:2]) is Grade.WARNING
    assert worst([]) is Grade.FINE


def test_a_new_machine_is_well_and_nothing_is_made_on_it(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", *PORTS]) == 0

    out, err = capsys.readouterr()
    assert err == ""
    assert "✓ workspace: " in out
    assert "✗" not in out
    assert list(user.iterdir()) == []


def test_something_broken_is_status_1_and_told_in_json_too(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert main(["doctor", "--port", str(port), "--tls-port", "off", "--json"]) == 1

    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "broken"
    (found,) = (item for item in told["checks"] if item["check"] == "port for http")
    assert found["status"] == "broken"
    assert found["says"].startswith(f"{port} is held by ")


def test_a_name_is_looked_up(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor", *PORTS, "--name", "no-such-name.invalid"])

    assert "! name no-such-name.invalid: this system does not know it → " in capsys.readouterr().out


def test_it_runs_where_there_is_no_qt(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT],
        cwd=tmp_path,
        env=surroundings(tmp_path),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "✓ clock: " in done.stdout
