"""`userpool-sandbox seed` and `ca`: what they print, and what they leave behind."""

import ssl
from pathlib import Path

import pytest

from sandbox_app.app.cli import main
from sandbox_app.domain.resources import resource_path
from sandbox_app.store import Store

DEMO = str(resource_path("seeds/demo.yaml"))
STAGED = """
Parameters:
  Stage: {Type: String, Default: test}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: !Sub "orders-${Stage}"}
"""


def seeded(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["seed", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.splitlines()


def test_every_resource_is_told_with_what_became_of_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = seeded(capsys, DEMO, "--workspace", "w.sandbox")
    second = seeded(capsys, DEMO, "--workspace", "w.sandbox")

    assert "Demo (AWS::Cognito::UserPool) us-east-1_Demo00001: created" in first
    assert (
        "AliceIsAdmin (AWS::Cognito::UserPoolUserToGroupAttachment) admins/alice: created" in first
    )
    assert all(line.endswith(": created") for line in first)
    assert [line.replace(": created", ": unchanged") for line in first] == second


def test_a_check_tells_the_same_and_writes_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = seeded(capsys, DEMO, "--workspace", "w.sandbox", "--check")
    assert list(home.glob("w.sandbox*")) == []

    done = seeded(capsys, DEMO, "--workspace", "w.sandbox")
    assert [line.replace(": would be ", ": ") for line in told] == done


def test_a_check_of_a_change_leaves_the_workspace_as_it_was(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "seed.yaml").write_text(STAGED)
    seeded(capsys, "seed.yaml", "--workspace", "w.sandbox")
    before = (home / "w.sandbox").read_bytes()

    told = seeded(
        capsys, "seed.yaml", "--workspace", "w.sandbox", "--parameter", "Stage=live", "--check"
    )
    assert [line.rpartition(": ")[2] for line in told] == ["would be updated"]
    assert (home / "w.sandbox").read_bytes() == before


def test_a_parameter_reaches_the_template(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "seed.yaml").write_text(STAGED)
    seeded(capsys, "seed.yaml", "--workspace", "w.sandbox", "--parameter", "Stage=a=b")

    store = Store.open(Path("w.sandbox"))
    assert [pool.name for pool in store.pools.all()] == ["orders-a=b"]
    store.close()


def test_no_password_of_a_seed_is_printed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = seeded(capsys, DEMO, "--workspace", "w.sandbox")

    assert "Sandbox-1" not in "".join(told)
    assert b"Sandbox-1" not in (home / "w.sandbox").read_bytes()


def test_ca_prints_a_certificate_that_exists_and_how_to_trust_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ca"]) == 0
    out, err = capsys.readouterr()

    pem = next(Path(word) for word in out.split() if word.endswith("ca.pem"))
    assert ssl.create_default_context(cafile=str(pem)).cert_store_stats()["x509_ca"] >= 1
    for runtime in ("NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
        assert f"{runtime}={pem}" in out
    assert "PRIVATE KEY" not in out + pem.read_text()
    assert err == ""


def test_ca_keeps_its_certificate_and_makes_another_for_another_name(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ca"])
    pem = next(Path(word) for word in capsys.readouterr().out.split() if word.endswith("ca.pem"))
    first = pem.read_bytes()

    main(["ca"])
    assert pem.read_bytes() == first
    main(["ca", "--name", "box.test"])
    assert pem.read_bytes() != first


def test_warnings_go_to_stderr_and_the_import_goes_on(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "team.yaml").write_text(
        f"{STAGED}  Fn: {{Type: 'AWS::Lambda::Function'}}\n", encoding="utf-8"
    )

    assert main(["seed", str(home / "team.yaml"), "--workspace", "w.sandbox"]) == 0

    out, err = capsys.readouterr()
    assert out.endswith(": created\n")
    assert err == (
        f"{home / 'team.yaml'}:8: Fn: passed over, because a user pool here has no use for them: "
        "1 AWS::Lambda::Function\n"
    )
