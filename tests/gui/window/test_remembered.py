"""What is remembered comes back; what makes no sense counts as never written."""

from pathlib import Path

import pytest

from sandbox_app.gui.window import Remembered


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "window.ini"


def test_a_first_start_knows_nothing(qapp, file: Path) -> None:
    fresh = Remembered(file)

    assert (fresh.mode, fresh.scale, fresh.geometry, fresh.recent) == ("system", 1.0, None, ())
    assert fresh.state("live") == {}


def test_everything_comes_back(qapp, file: Path, tmp_path: Path) -> None:
    workspace = tmp_path / "a.sandbox"
    workspace.write_bytes(b"")
    first = Remembered(file)
    first.mode, first.scale = "dark", 1.5
    first.opened(workspace)
    first.put_state("live", {"filter": "alice", "splitter": [300, 900]})
    first.write()

    again = Remembered(file)

    assert (again.mode, again.scale, again.recent) == ("dark", 1.5, (workspace,))
    assert again.state("live") == {"filter": "alice", "splitter": [300, 900]}


def test_the_newest_workspace_comes_first_and_once(qapp, file: Path, tmp_path: Path) -> None:
    known = [tmp_path / f"{number}.sandbox" for number in range(10)]
    remembered = Remembered(file)
    for path in (*known, known[5]):
        path.write_bytes(b"")
        remembered.opened(path)

    assert remembered.recent[:2] == (known[5], known[9])
    assert len(remembered.recent) == 8


def test_a_workspace_that_is_gone_is_not_offered(qapp, file: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.sandbox"
    gone.write_bytes(b"")
    remembered = Remembered(file)
    remembered.opened(gone)
    gone.unlink()

    assert remembered.recent == ()


@pytest.mark.parametrize(
    "text",
    [
        "[General]\ntheme=purple\nscale=17\nrecent=[1, {}]\n[state]\nlive=[1]\n",
        "[General]\ntheme=@Invalid()\nscale=large\nrecent={\n[state]\nlive=\n",
        "\x00\x01 nonsense",
    ],
)
def test_nonsense_counts_as_never_written(qapp, file: Path, text: str) -> None:
    file.write_text(text)

    found = Remembered(file)

    assert (found.mode, found.scale, found.recent) == ("system", 1.0, ())
    assert found.state("live") == {}
