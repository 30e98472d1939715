"""Environments for other people's clients, kept outside the checkout and made once per lock."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs

HERE = Path(__file__).resolve().parent
OLDEST_NODE = 20


class NoEnvironment(Exception):
    """A client's environment cannot be had here; the message says why and what would help."""


def node() -> str:
    """Node.js, new enough for today's client libraries.

    Raises:
        NoEnvironment: it is missing or too old.
    """
    found = shutil.which("node")
    remedy = f"Node.js {OLDEST_NODE} or newer, with npm, is needed"
    if found is None or shutil.which("npm") is None:
        raise NoEnvironment(f"{remedy}; there is none on the PATH")
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=True)
    version = re.match(r"v(\d+)", told.stdout)
    if version is None or int(version[1]) < OLDEST_NODE:
        raise NoEnvironment(f"{remedy}; {found} is {told.stdout.strip()}")
    return found


def npm_packages() -> Path:
    """The folder `node_modules` with exactly what the lock names."""
    node()
    return _made("npm", HERE / "npm/package-lock.json", _install_npm) / "node_modules"


def client_python() -> Path:
    """The Python of a virtual environment with exactly what the lock names."""
    name = f"python-{sys.version_info.major}.{sys.version_info.minor}"
    folder = _made(name, HERE / "python.lock", _install_python)
    return _python_of(folder)


def spring() -> list[str]:
    """The command that starts the Spring app, from what its project file names.

    Raises:
        NoEnvironment: there is no Java or no Maven.
    """
    found = {name: shutil.which(name) for name in ("java", "mvn", "keytool")}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        raise NoEnvironment(f"Java 17 or newer and Maven are needed; there is no {missing[0]}")
    project = HERE / "snippets/spring"
    folder = _made("spring", project / "pom.xml", _install_spring, *project.rglob("*.java"))
    classes = (folder / "classpath").read_text()
    return [str(found["java"]), "-cp", f"{folder / 'target/classes'}{os.pathsep}{classes}", "App"]


def oauth2_proxy() -> Path:
    """The program, built from its source.

    Raises:
        NoEnvironment: there is no Go.
    """
    if shutil.which("go") is None:
        raise NoEnvironment("Go 1.25 or newer is needed; there is none on the PATH")
    name = "oauth2-proxy"
    return _made(name, HERE / "oauth2-proxy.version", _install_oauth2_proxy) / name


def _install_oauth2_proxy(folder: Path) -> None:
    wanted = (HERE / "oauth2-proxy.version").read_text().strip()
    _run([shutil.which("go") or "go", "install", wanted], folder, GOBIN=str(folder))


def _install_spring(folder: Path) -> None:
    shutil.copytree(HERE / "snippets/spring", folder, dirs_exist_ok=True)
    goals = ["compile", "dependency:build-classpath", "-Dmdep.outputFile=classpath"]
    _run([shutil.which("mvn") or "mvn", "-q", "-B", *goals], folder)


def _install_npm(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "npm" / name, folder)
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=0"]
    _run([shutil.which("npm") or "npm", "ci", *options], folder)


def _install_python(folder: Path) -> None:
    _run([sys.executable, "-m", "venv", str(folder)], folder)
    pip = [str(_python_of(folder)), "-m", "pip", "install", "--disable-pip-version-check"]
    _run([*pip, "--require-hashes", "--no-deps", "-r", str(HERE / "python.lock")], folder)


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _made(name: str, lock: Path, install: Callable[[Path], None], *more: Path) -> Path:
    """The environment of that name, whose folder says which lock and files it was made from."""
    read = b"".join(file.read_bytes() for file in (lock, *more))
    digest = hashlib.sha256(read).hexdigest()[:16]
    cache = Path(platformdirs.user_cache_dir("userpool-sandbox-clients", appauthor=False))
    folder = cache / f"{name}-{digest}"
    stamp = folder / "complete"
    if not stamp.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        stamp.touch()
    return folder


def _run(command: list[str], folder: Path, **variables: str) -> None:
    values = {**os.environ, **variables}
    told = subprocess.run(
        command, cwd=folder, env=values, capture_output=True, text=True, check=False
    )
    if told.returncode:
        said = " ".join((told.stderr.strip() or told.stdout.strip()).splitlines()[:3])
        raise NoEnvironment(f"{' '.join(command[:3])} failed: {said}")
