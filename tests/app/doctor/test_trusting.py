"""Stores that hold the authority and stores that do not; real files, real certutil and keytool."""

import shutil
import ssl
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox_app.app.doctor import trusting
from sandbox_app.app.doctor.finding import Finding, Grade, ask
from sandbox_app.server.edge.certificates import ensure_authority

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
OTHER = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"


@pytest.fixture
def tls(tmp_path: Path) -> Path:
    folder = tmp_path / "tls"
    ensure_authority(folder, (), NOW)
    return folder


@pytest.fixture
def pem(tls: Path) -> Path:
    return tls / "ca.pem"


@pytest.fixture
def der(pem: Path) -> bytes:
    return ssl.PEM_cert_to_DER_cert(pem.read_text())


def nothing(command: Sequence[str]) -> None:
    """A machine on which no command is installed."""


def bundle(folder: Path, *parts: str) -> Path:
    path = folder / "bundle.crt"
    path.write_text("".join(parts))
    return path


def trusted(found: Finding) -> bool:
    assert found.says.startswith("trusted: " if found.grade is Grade.FINE else "not trusted: ")
    assert bool(found.remedy) == (found.grade is not Grade.FINE)
    return found.grade is Grade.FINE


def test_a_present_authority_is_fine(tls: Path) -> None:
    assert trusting.authority(tls, (), NOW).grade is Grade.FINE


def test_looking_for_an_authority_makes_none(tmp_path: Path) -> None:
    assert trusting.authority(tmp_path / "none", (), NOW).grade is Grade.WARNING
    assert trusting.stores(tmp_path / "none" / "ca.pem", {}, tmp_path, nothing) == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("days", "grade", "says"),
    [
        (-30, Grade.BROKEN, "is not valid yet"),
        (365 * 30, Grade.WARNING, "ends on"),
    ],
)
def test_an_authority_of_another_time_is_told(
    tls: Path, days: int, grade: Grade, says: str
) -> None:
    found = trusting.authority(tls, (), NOW + timedelta(days=days))

    assert found.grade is grade
    assert says in found.says


def test_a_name_outside_its_constraints_is_told(tls: Path) -> None:
    found = trusting.authority(tls, ("box.test", "a.localhost"), NOW)

    assert (found.grade, found.says) == (Grade.WARNING, "it cannot vouch for box.test")


def test_a_key_that_others_may_read_or_that_is_gone_is_told(tls: Path) -> None:
    (tls / "ca-key.pem").chmod(0o644)
    assert trusting.authority(tls, (), NOW).remedy == f"chmod 600 {tls}/ca-key.pem"
    (tls / "ca-key.pem").unlink()
    assert "is gone" in trusting.authority(tls, (), NOW).says


def test_a_certificate_that_is_none_is_broken(tls: Path) -> None:
    (tls / "ca.pem").write_text("nothing")
    assert trusting.authority(tls, (), NOW).grade is Grade.BROKEN


def test_the_systems_bundle_is_read(der: bytes, pem: Path, tmp_path: Path) -> None:
    def look(*parts: str) -> Finding:
        return trusting.system_bundle(der, str(pem), [str(bundle(tmp_path, *parts))])

    assert trusted(look(OTHER, pem.read_text()))
    assert not trusted(look(OTHER))
    assert look(OTHER).remedy.startswith(f"sudo cp {pem} /usr/local/share/ca-certificates/")
    assert "cannot tell" in trusting.system_bundle(der, str(pem), []).says


def test_python_trusts_what_its_paths_hold(der: bytes, pem: Path, tmp_path: Path) -> None:
    paths = ssl.get_default_verify_paths()
    file = str(bundle(tmp_path, pem.read_text()))
    folder = tmp_path / "hashed"
    folder.mkdir()

    assert trusted(trusting.python_ssl(der, "f", paths._replace(cafile=file, capath=None)))
    empty = paths._replace(cafile=None, capath=str(folder))
    assert not trusted(trusting.python_ssl(der, "f", empty))
    shutil.copy(pem, folder / "0a1b2c3d.0")
    assert trusted(trusting.python_ssl(der, "f", empty))


def test_requests_takes_the_file_named_in_the_environment(
    der: bytes, pem: Path, tmp_path: Path
) -> None:
    own = bundle(tmp_path, OTHER)

    assert trusted(trusting.python_certifi(der, "f", {"REQUESTS_CA_BUNDLE": str(pem)}, own))
    assert not trusted(trusting.python_certifi(der, "f", {}, own))
    bundle(tmp_path, OTHER, pem.read_text())
    assert trusted(trusting.python_certifi(der, "f", {}, own))


def test_node_takes_the_file_named_in_the_environment(der: bytes, pem: Path) -> None:
    def version(command: Sequence[str]) -> str:
        return "v20.0.0"

    assert trusted(trusting.node(der, "f", {"NODE_EXTRA_CA_CERTS": str(pem)}, version))
    found = trusting.node(der, "f", {}, version)
    assert not trusted(found)
    assert found.remedy == "export NODE_EXTRA_CA_CERTS=f"
    assert trusting.node(der, "f", {}, nothing).says == "there is no Node.js here"


@pytest.mark.skipif(shutil.which("certutil") is None, reason="certutil is not installed")
def test_the_command_for_chromium_makes_it_trusted(der: bytes, pem: Path, tmp_path: Path) -> None:
    found = trusting.chromium(der, str(pem), tmp_path)
    assert not trusted(found)

    subprocess.run(found.remedy, shell=True, check=True, capture_output=True)
    assert trusted(trusting.chromium(der, str(pem), tmp_path))
    assert "cannot tell" in trusting.chromium(der, str(pem), tmp_path, nothing).says

    database = f"sql:{tmp_path}/.pki/nssdb"
    subprocess.run(
        ["certutil", "-d", database, "-M", "-n", "userpool-sandbox", "-t", ",,"], check=True
    )
    assert "without trust for websites" in trusting.chromium(der, str(pem), tmp_path).says


def test_java_trusts_what_keytool_lists(der: bytes, pem: Path) -> None:
    def with_it(command: Sequence[str]) -> str:
        return OTHER + pem.read_text()

    def without_it(command: Sequence[str]) -> str:
        return OTHER

    assert trusted(trusting.java(der, "f", with_it))
    assert not trusted(trusting.java(der, "f", without_it))
    assert trusting.java(der, "f", nothing).says == "there is no Java here"


def test_a_command_that_is_absent_or_fails_has_no_answer() -> None:
    assert ask(("no-such-command-at-all",)) is None
    assert ask(("false",)) is None
    assert ask(("echo", "yes")) == "yes\n"


def test_every_store_has_its_line(pem: Path, tmp_path: Path) -> None:
    found = trusting.stores(pem, {}, tmp_path, nothing)

    assert [item.check.removeprefix("trust of ") for item in found] == [
        *("this system", "Chromium", "Python ssl", "Python requests", "Node.js", "Java")
    ]
