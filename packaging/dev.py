#!/usr/bin/env python3
"""Everything a developer does with a checkout, from a bare Python 3.11 with venv.

Only the standard library is used here: this file makes the environment that the rest needs.
"""

import argparse
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging"
ENVIRONMENT = ROOT / ".venv"

QT = ("libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0")
X11 = (
    "libxcb-cursor0",
    "libxkbcommon-x11-0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
)
BROWSER = ("chromium", "libnss3-tools")
"""Debian packages: what the window needs, and what its tests need besides."""


PARTS = (
    "tests/gui/pools",
    "tests/app",
    "tests/workbench",
    "tests/journeys",
    "tests/gui/window",
    "tests/gui/live",
    "tests/gui",
    "tests/server",
    "tests",
)
"""The suite in folders that run side by side, those that take longest first.

Each leaves out what another one holds, so that the last ones hold every folder not named.
"""


CHECKS = (("mypy",), ("ruff", "check", "--quiet"), ("ruff", "format", "--check", "--quiet"))


class Stop(Exception):
    """Something a person has to see to; the message is one plain sentence."""


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python3 packaging/dev.py",
        description="Set up the checkout as far as needed, then do one thing with it.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (_, words) in COMMANDS.items():
        commands.add_parser(name, help=words, add_help=name not in PASSING_ON)
    known, rest = parser.parse_known_args(arguments)
    if rest and known.command not in PASSING_ON:
        parser.error(f"{known.command} takes no arguments: {' '.join(rest)}")
    try:
        return COMMANDS[known.command][0](rest)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2


def run(arguments: Sequence[str]) -> int:
    """Start the app from source; replaces this process where the system can."""
    python = environment("app")
    need_packages((*QT, *X11) if wants_window(arguments) else ())
    command = [str(python), "-m", "sandbox_app", *arguments]
    values = variables()
    if os.name == "posix":
        os.execve(python, command, values)
    return subprocess.run(command, env=values, check=False).returncode


def test(arguments: Sequence[str]) -> int:
    """Lint, types and tests; all of them run, whatever fails."""
    python = environment("dev")
    need_packages((*QT, *X11, *BROWSER))
    values = {**variables(), "QT_QPA_PLATFORM": "offscreen"}
    pytest = [str(python), "-m", "pytest"]
    if arguments:
        wrong = lint(())
        tests = subprocess.run([*pytest, *arguments], cwd=ROOT, env=values, check=False).returncode
        return tests or wrong
    commands = [[str(python), "-m", *check] for check in CHECKS]
    commands += [[*pytest, *folders] for folders in parts()]
    return side_by_side(commands, values)


def variables() -> dict[str, str]:
    """What the checkout's own programs find in their environment.

    Without byte code every start compiles the whole program, which doubles the time it takes; the
    tests start it a hundred times.
    """
    kept = {name: os.environ[name] for name in os.environ if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def parts() -> list[list[str]]:
    """What pytest is told for each part of the suite."""
    return [
        [part, *(f"--ignore={one}" for one in PARTS if one.startswith(f"{part}/"))]
        for part in PARTS
    ]


def side_by_side(commands: Sequence[Sequence[str]], values: dict[str, str]) -> int:
    """Run all of them, as many at once as there are cores, and at least two.

    Each tells what it has to tell once it has ended. A part of the suite is a process of its own:
    in one process all that is left over by some tests would be looked through again by the garbage
    collector, and dressed again by Qt, for each of the others.
    """
    telling = threading.Lock()

    def status(command: Sequence[str]) -> int:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=values,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        with telling:
            print(shlex.join(command), flush=True)
            # As it came: not every console can write the letters that a test tells of.
            sys.stdout.buffer.write(done.stdout + b"\n")
            sys.stdout.flush()
        return done.returncode

    with ThreadPoolExecutor(max(2, os.cpu_count() or 1)) as pool:
        try:
            statuses = list(pool.map(status, commands))
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            raise
    return first_failure(statuses)


def first_failure(statuses: Sequence[int]) -> int:
    """The first exit status that is not 0; below 0 is a process that was killed."""
    return next((one for one in statuses if one), 0)


def lint(_: Sequence[str]) -> int:
    """Ruff and mypy."""
    python = environment("dev")
    statuses = [
        subprocess.run([python, "-m", *check], cwd=ROOT, check=False).returncode for check in CHECKS
    ]
    return first_failure(statuses)


def script(name: str) -> Callable[[Sequence[str]], int]:
    """A command that runs `tests/{name}/run.py` in the developers' environment."""

    def command(arguments: Sequence[str]) -> int:
        python = environment("dev")
        need_packages((*QT, *BROWSER))
        values = variables()
        file = ROOT / "tests" / name / "run.py"
        return subprocess.run([python, file, *arguments], env=values, check=False).returncode

    return command


def lock(_: Sequence[str]) -> int:
    """Renew the lock files; they hold hashes and name no host."""
    python = environment("dev")
    for name in ("app", "dev", "headless"):
        compile_lock(python, name)
    return 0


def compile_lock(python: Path, name: str) -> None:
    """Resolve one set of requirements for every platform and Python from 3.11 on."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.in"
        wanted.write_text("\n".join(requirements(name)) + "\n", encoding="utf-8")
        target = LOCKS / f"{name}.lock"
        command: list[str | Path] = [python, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
        command += ["--no-header", "--no-annotate", "--upgrade", "--output-file", target, wanted]
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            raise Stop(f"The lock {target.name} could not be renewed.")
        print(f"renewed {target.relative_to(ROOT)}")


def requirements(name: str) -> list[str]:
    """What pyproject.toml asks for: the program, with the developers' tools, or without Qt."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    program: list[str] = project["project"]["dependencies"]
    if name == "headless":
        return [item for item in program if not item.startswith(("pyside6", "qasync"))]
    if name == "dev":
        return [*program, *project["dependency-groups"]["dev"]]
    return program


def environment(name: str) -> Path:
    """The environment's Python, once everything in the lock is installed.

    A stamp holds the lock's hash, so that a warm start calls no installer. The developers'
    environment holds all of the app's, so its stamp serves both.
    """
    python = python_of(ENVIRONMENT)
    stamp = ENVIRONMENT / f".{name}.stamp"
    wanted = stamp_text(name)
    stamps = {name, "dev"} if name == "app" else {name}
    for each in stamps:
        file = ENVIRONMENT / f".{each}.stamp"
        if python.exists() and file.exists() and file.read_text() == stamp_text(each):
            return python
    make_environment(python)
    install(python, LOCKS / f"{name}.lock")
    stamp.write_text(wanted, encoding="utf-8")
    return python


def stamp_text(name: str) -> str:
    """What the environment was made of: the lock's content and the Python it is for."""
    digest = hashlib.sha256((LOCKS / f"{name}.lock").read_bytes()).hexdigest()
    return f"{digest} {sys.version_info.major}.{sys.version_info.minor}"


def python_of(folder: Path) -> Path:
    """Where an environment keeps its Python."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def make_environment(python: Path) -> None:
    """Make the environment, or make it anew where it does not run or is of another Python."""
    if python.exists() and runs(python):
        return
    if importlib.util.find_spec("ensurepip") is None:
        raise Stop("Python's venv is missing; install it with: apt-get install python3-venv")
    print("making the environment .venv", flush=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=False)
    if made.returncode:
        raise Stop("The environment .venv could not be made.")


def runs(python: Path) -> bool:
    """Whether an environment works, has an installer and is of this Python's version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = "import sys,pip;print('%d.%d'%sys.version_info[:2])"
    try:
        told = subprocess.run([python, "-c", probe], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return told.stdout.strip() == version


def install(python: Path, lock_file: Path) -> None:
    """Install exactly what the lock names."""
    print(f"installing {lock_file.name}", flush=True)
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    command += ["--require-hashes", "--no-deps", "-r", lock_file]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Stop(f"{lock_file.name} could not be installed.")


def need_packages(packages: Sequence[str]) -> None:
    """Install missing system packages on Debian where we may; otherwise say what to install."""
    if not packages or shutil.which("dpkg-query") is None:
        return
    missing = [name for name in packages if not installed(name)]
    if not missing:
        return
    line = f"apt-get install --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0:
        raise Stop(f"System packages are missing; install them with: sudo {line}")
    print(f"installing {' '.join(missing)}", flush=True)
    values = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    update = ["apt-get", "update"]
    subprocess.run(update, check=False, stdout=subprocess.DEVNULL, env=values)
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=values).returncode:
        raise Stop(f"System packages could not be installed with: {line}")


def installed(package: str) -> bool:
    """Whether dpkg knows the package as installed; asks its file list, which costs no process."""
    lists = Path("/var/lib/dpkg/info")
    return any(lists.glob(f"{package}.list")) or any(lists.glob(f"{package}:*.list"))


def wants_window(arguments: Sequence[str]) -> bool:
    """Whether the app will be started with its window."""
    first = arguments[0] if arguments else ""
    # Everything but options of the window is a command, and no command has one.
    return not first or (first.startswith("-") and first not in ("-h", "--help", "--version"))


COMMANDS: dict[str, tuple[Callable[[Sequence[str]], int], str]] = {
    "run": (run, "start the app; further arguments are the app's own"),
    "test": (test, "lint, types and the whole suite; further arguments are pytest's"),
    "lint": (lint, "ruff and mypy"),
    "bench": (script("bench"), "measure speed and memory"),
    "clients": (script("clients"), "sign in with real clients from npm, PyPI, Maven and Go"),
    "fuzz": (script("fuzz"), "search for inputs that break something"),
    "lock": (lock, "renew the lock files"),
}
PASSING_ON = {"run", "test", "bench", "clients", "fuzz"}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
