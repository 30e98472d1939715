"""`serve --watch`: a changed seed in a running sandbox."""

import json
from pathlib import Path

import pytest

from sandbox_app.app.cli import main
from tests.app.conftest import start

SEED = """
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Watched01}}
    Properties: {UserPoolName: NAME}
"""


def test_a_changed_seed_is_served_and_a_bad_one_is_told_on_both_streams(tmp_path: Path) -> None:
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    ports = ("--port", "0", "--tls-port", "off", "--workspace", "w.sandbox")
    served = start(tmp_path, *ports, "--seed", "seed.yaml", "--watch")
    try:
        assert served.ready["pools"][0]["name"] == "NAME"
        seed.write_text(SEED.replace("NAME", "other"))
        served.wait_for(3)
        seed.write_text("Resources: {")
        served.wait_for(4)
        status, err = served.end()
    finally:
        served.discard()

    changed, reloaded, refused = map(json.loads, served.lines[1:])
    assert (changed["event"], changed["id"]) == ("changed", "us-east-1_Watched01")
    assert (reloaded["event"], reloaded["updated"], reloaded["error"]) == ("seed_reloaded", 1, "")
    assert refused["event"] == "seed_reloaded"
    assert refused["files"] == ["seed.yaml"]
    assert refused["error"].startswith("seed.yaml:1: ")
    assert err == f"userpool-sandbox: {refused['error']}\n"
    assert status == 0


def test_a_watch_without_a_seed_is_a_slip(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--watch"])
    assert "--watch needs a --seed to watch" in capsys.readouterr().err
