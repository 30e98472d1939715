"""The one command of a checkout: what it installs, what it says, what it leaves alone."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "packaging" / "dev.py"


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, with an environment and locks of its own."""
    spec = importlib.util.spec_from_file_location("dev", DEV)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "LOCKS", tmp_path)
    for name in ("app", "dev", "headless"):
        (tmp_path / f"{name}.lock").write_text(f"{name}==1 --hash=sha256:0\n")
    return module


@pytest.fixture
def installed(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been installed, in order."""
    done: list[str] = []

    def make(python: Path) -> None:
        if not python.exists():
            done.append("environment")
            python.parent.mkdir(parents=True)
            python.touch()

    monkeypatch.setattr(dev, "make_environment", make)
    monkeypatch.setattr(dev, "install", lambda python, lock: done.append(lock.name))
    return done


def test_help_lists_every_command() -> None:
    told = subprocess.run(
        [sys.executable, DEV, "--help"], capture_output=True, text=True, check=True
    )

    for command in ("run", "test", "lint", "bench", "clients", "fuzz", "lock"):
        assert f"    {command} " in told.stdout


def test_an_unknown_command_is_refused_with_the_list() -> None:
    told = subprocess.run([sys.executable, DEV, "deploy"], capture_output=True, text=True)

    assert told.returncode == 2
    assert "invalid choice: 'deploy'" in told.stderr


def test_lint_takes_no_arguments() -> None:
    told = subprocess.run([sys.executable, DEV, "lint", "--fix"], capture_output=True, text=True)

    assert told.returncode == 2
    assert "lint takes no arguments: --fix" in told.stderr


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = "import sys, runpy; sys.argv=['dev.py','--help']; runpy.run_path(sys.argv.pop(0))"
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], cwd=DEV.parent, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr


def test_a_first_start_installs_and_a_second_calls_no_installer(dev, installed) -> None:
    dev.environment("app")
    assert installed == ["environment", "app.lock"]

    dev.environment("app")
    assert installed == ["environment", "app.lock"]


def test_a_renewed_lock_is_installed(dev, installed, tmp_path: Path) -> None:
    dev.environment("app")
    (tmp_path / "app.lock").write_text("app==2 --hash=sha256:1\n")

    dev.environment("app")

    assert installed == ["environment", "app.lock", "app.lock"]


def test_the_developers_environment_serves_the_app_too(dev, installed) -> None:
    dev.environment("dev")
    dev.environment("app")

    assert installed == ["environment", "dev.lock"]


def test_missing_libraries_are_named_with_the_line_that_installs_them(
    dev, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "installed", lambda name: name != "libegl1")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)

    with pytest.raises(dev.Stop) as told:
        dev.need_packages(dev.QT)

    assert str(told.value) == (
        "System packages are missing; install them with: "
        "sudo apt-get install --no-install-recommends libegl1"
    )


def test_root_has_missing_libraries_installed(dev, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def run(command, **_):
        called.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "installed", lambda name: name != "libegl1")
    monkeypatch.setattr(dev.os, "geteuid", lambda: 0)
    monkeypatch.setattr(dev.subprocess, "run", run)

    dev.need_packages(dev.QT)

    assert called[-1][-1] == "libegl1"
    assert called[-1][:2] == ["apt-get", "install"]


def test_a_system_without_dpkg_is_left_alone(dev, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)

    dev.need_packages(dev.QT)


def test_a_missing_venv_is_told_with_its_package(dev, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(dev.Stop, match="apt-get install python3-venv"):
        dev.make_environment(dev.python_of(dev.ENVIRONMENT))


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ((), True),
        (("--port", "0"), True),
        (("--help",), False),
        *(((command,), False) for command in ("serve", "seed", "ca", "export", "doctor")),
    ],
)
def test_only_the_window_needs_what_the_window_needs(dev, arguments, window) -> None:
    assert dev.wants_window(arguments) is window


def test_continuous_integration_calls_the_same_command() -> None:
    script = (ROOT / ".ci" / "run").read_text()

    assert "python3 packaging/dev.py test" in script


@pytest.mark.parametrize(("wrong", "status"), [("", 0), ("b", 3), ("d", 3)])
def test_what_runs_side_by_side_is_told_whole_and_each_can_fail(
    dev, capfd: pytest.CaptureFixture[str], wrong: str, status: int
) -> None:
    program = f"import sys; print('ran', sys.argv[1]); sys.exit(3 * ({wrong!r} == sys.argv[1]))"

    run = dev.side_by_side([[sys.executable, "-c", program, name] for name in "abcd"], {})

    assert run == status
    told = capfd.readouterr().out.splitlines()
    assert sorted(line for line in told if line.startswith("ran")) == [f"ran {it}" for it in "abcd"]


def test_a_check_that_dies_is_no_success(dev) -> None:
    dies = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

    assert dev.side_by_side([[sys.executable, "-c", dies], [sys.executable, "-c", ""]], {})


def test_a_lint_that_dies_is_no_success(dev, tmp_path: Path, monkeypatch) -> None:
    """Killed processes have statuses below 0, which no success beside them may hide."""
    python = tmp_path / "python"
    python.write_text('#!/bin/sh\ncase "$*" in *mypy*) kill -9 $$;; esac\n')
    python.chmod(0o755)
    monkeypatch.setattr(dev, "environment", lambda _: python)

    assert dev.lint(())


def test_what_a_test_tells_comes_through_a_console_that_cannot_write_it() -> None:
    program = "import sys; sys.stdout.buffer.write(chr(0x2713).encode())"
    story = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("dev", {str(DEV)!r})
dev = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dev)
sys.exit(dev.side_by_side([[sys.executable, "-c", {program!r}]], {{}}))
"""
    values = {**os.environ, "PYTHONIOENCODING": "cp1252"}

    told = subprocess.run([sys.executable, "-c", story], capture_output=True, env=values)

    assert told.returncode == 0
    assert chr(0x2713) in told.stdout.decode()


def test_every_test_is_in_one_part_of_the_suite(dev) -> None:
    for file in (ROOT / "tests").rglob("test_*.py"):
        holding = [first for first, *ignored in dev.parts() if holds(first, ignored, file)]
        assert len(holding) == 1, f"{file} is in {holding}"


def holds(folder: str, ignored: list[str], file: Path) -> bool:
    """Whether pytest finds a file in a folder, told to ignore some others."""
    others = [ROOT / one.removeprefix("--ignore=") for one in ignored]
    return file.is_relative_to(ROOT / folder) and not any(map(file.is_relative_to, others))
