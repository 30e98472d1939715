"""Files for the owner alone, written whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from sandbox_app.app import platform
from sandbox_app.app.platform import make_way_for, write_private


def test_a_private_file_is_for_its_owner_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_private(tmp_path / "token", "t")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "token").stat().st_mode) == 0o600


def test_a_private_file_replaces_an_open_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("old")
    file.chmod(0o644)
    with file.open() as reader:
        write_private(file, "new")

        assert reader.read() == "old", "whoever reads sees the old or the new one, never half"
    assert file.read_text() == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_private_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "ready.json").symlink_to(other)

    write_private(tmp_path / "ready.json", "new")
    assert other.read_text() == "mine"
    assert not (tmp_path / "ready.json").is_symlink()


def test_what_an_earlier_run_left_is_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "ready.json"
    file.write_text("old")

    make_way_for(file)
    assert not file.exists()
    make_way_for(file)


def test_a_file_needs_its_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        make_way_for(tmp_path / "nowhere" / "ready.json")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_file_needs_a_folder_that_can_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(PermissionError):
            make_way_for(tmp_path / "ready.json")
    finally:
        tmp_path.chmod(0o700)


def test_the_users_folders_are_made_for_their_owner(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    made = (
        platform.data_folder(),
        platform.certificates_folder(),
        platform.log_file().parent,
        platform.window_settings_file().parent,
    )

    assert {stat.S_IMODE(folder.stat().st_mode) & 0o077 for folder in made} == {0}
    assert platform.default_workspace().parent == platform.data_folder()
    assert str(os.getpid()) in platform.control_token_file().name
