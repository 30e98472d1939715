"""The authority's certificate, read as anybody could."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sandbox_app.server.edge.certificates import ensure_authority
from sandbox_app.server.edge.examining import examine

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def test_a_certificate_tells_its_time_and_whom_it_cannot_vouch_for(tmp_path: Path) -> None:
    pem = ensure_authority(tmp_path, ("box.test",), NOW).pem

    found = examine(pem, ("box.test", "a.localhost", "other.test"))
    assert found.not_before <= NOW < found.not_after
    assert found.outside == ("other.test",)


def test_what_is_no_certificate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with pytest.raises(ValueError, match="PEM"):
        examine(tmp_path / "ca.pem", ())
