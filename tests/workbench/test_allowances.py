"""What reaches outside is off until it is allowed on this machine, here and just as it is."""

import os
import shutil
import stat

import pytest

from sandbox_app.app.allowances import KeptAllowances
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.allowances import Allowed, Wanted
from sandbox_app.workbench import allowances
from sandbox_app.workbench.allowances import allow, allowed, is_allowed, wanted, withdraw
from tests.conftest import NOON

HOOK = Wanted(kind="http trigger", subject="pool PreSignUp", content="http://localhost:1/hook")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The folder of this machine's user, which is not the real one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "userpool-sandbox" / "allowances"


@pytest.fixture
async def opened(tmp_path, clock, data):
    """Opens workspaces and closes them in the end."""
    made = []

    def open_one(name="a.sandbox"):
        workspace = None if name is None else tmp_path / name
        sandbox = Sandbox(Settings(workspace=workspace), tmp_path, clock=clock)
        made.append(sandbox)
        return sandbox.core

    yield open_one
    for sandbox in made:
        await sandbox.close()


def the_file(data):
    (file,) = data.iterdir()
    return file


def changed(**values):
    members = {"kind": HOOK.kind, "subject": HOOK.subject, "content": HOOK.content, **values}
    return Wanted(**members)


def test_nothing_is_allowed_until_somebody_allows_it(opened):
    core = opened()
    assert not is_allowed(core, HOOK)

    allow(core, HOOK)
    allow(core, HOOK)

    assert is_allowed(core, HOOK)
    assert allowed(core) == (
        Allowed(
            fingerprint=HOOK.fingerprint,
            kind="http trigger",
            subject="pool PreSignUp",
            at=NOON.timestamp(),
        ),
    )


@pytest.mark.parametrize(
    "other",
    [
        changed(content="http://localhost:1/hook/"),
        changed(content="http://localhost:2/hook"),
        changed(subject="pool PostConfirmation"),
        changed(kind="metadata url"),
        # The same letters, drawn apart elsewhere.
        changed(kind="http triggerp", subject="ool PreSignUp"),
        changed(content="\ud800"),
    ],
)
def test_what_was_changed_is_not_what_was_allowed(opened, other):
    core = opened()
    allow(core, HOOK)

    assert not is_allowed(core, other)


async def test_the_next_start_still_allows_it(tmp_path, clock, opened):
    first = opened()
    allow(first, HOOK)
    first.store.close()

    assert is_allowed(opened(), HOOK)


def test_a_copied_or_moved_workspace_is_not_allowed_any_more(tmp_path, opened):
    core = opened()
    allow(core, HOOK)
    core.store.copy_to(tmp_path / "copy.sandbox")
    core.store.close()
    shutil.move(tmp_path / "a.sandbox", tmp_path / "moved.sandbox")

    assert not is_allowed(opened("copy.sandbox"), HOOK)
    assert not is_allowed(opened("moved.sandbox"), HOOK)


def test_an_allowance_lies_outside_the_workspace_for_its_owner_alone(opened, data):
    core = opened()
    allow(core, HOOK)
    core.store.close()

    assert stat.S_IMODE(the_file(data).stat().st_mode) == 0o600
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert HOOK.fingerprint.encode() not in core.store.path.read_bytes()
    assert "hook" not in the_file(data).read_text()


def test_what_was_withdrawn_is_off_at_once(opened):
    core = opened()
    allow(core, HOOK)

    assert withdraw(core, HOOK.fingerprint)

    assert not is_allowed(core, HOOK)
    assert not withdraw(core, HOOK.fingerprint)


def test_a_deleted_file_allows_nothing_at_once(opened, data):
    core = opened()
    allow(core, HOOK)
    the_file(data).unlink()

    assert not is_allowed(core, HOOK)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"allowed": 3}', '{"workspace": "/elsewhere", "allowed": []}']
)
def test_a_file_that_makes_no_sense_allows_nothing_and_can_be_written_anew(
    opened, data, text, caplog
):
    core = opened()
    allow(core, HOOK)
    the_file(data).write_text(text)

    assert not is_allowed(core, HOOK)
    assert "allows nothing" in caplog.text
    allow(core, HOOK)
    assert is_allowed(core, HOOK)


def test_a_file_that_others_may_write_allows_nothing(opened, data, caplog):
    core = opened()
    allow(core, HOOK)
    the_file(data).chmod(0o622)

    assert not is_allowed(core, HOOK)
    assert "others may write it" in caplog.text


def test_a_file_of_another_workspace_put_in_its_place_allows_nothing(opened, data):
    first, second = opened(), opened("b.sandbox")
    allow(first, HOOK)
    file = the_file(data)
    allow(second, changed(content="other"))
    (own,) = (one for one in data.iterdir() if one != file)
    shutil.copy(file, own)

    assert not is_allowed(second, HOOK)


def test_two_workspaces_share_no_allowance(opened):
    first, second, passing = opened(), opened("b.sandbox"), opened(None)
    allow(first, HOOK)

    assert not is_allowed(second, HOOK)
    assert not is_allowed(passing, HOOK)
    allow(passing, HOOK)
    assert not is_allowed(opened(None), HOOK)


def test_a_workspace_that_passes_leaves_nothing_on_this_machine(opened, data):
    allow(opened(None), HOOK)

    assert not data.exists()


def test_what_cannot_be_written_down_is_not_allowed(opened, data, monkeypatch):
    core = opened()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        allow(core, HOOK)

    assert not is_allowed(core, HOOK)


def test_everything_that_is_wanted_is_told_with_whether_it_may_be(opened, monkeypatch):
    core, other = opened(), changed(content="http://elsewhere.example/")
    assert wanted(core) == ()
    monkeypatch.setattr(allowances, "SOURCES", (lambda _: [HOOK], lambda _: [other]))
    allow(core, HOOK)

    assert wanted(core) == ((HOOK, True), (other, False))


def test_the_path_counts_even_where_names_are_no_utf8(tmp_path):
    kept = KeptAllowances(lambda: tmp_path)
    one = Allowed(fingerprint="f", kind="k", subject="s", at=1.0)
    strange = tmp_path / os.fsdecode(b"caf\xe9.sandbox")

    kept.put(strange, (one,))

    assert kept.of(strange) == (one,)
    assert kept.of(tmp_path / "caf.sandbox") == ()
