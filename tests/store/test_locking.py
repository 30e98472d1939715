"""A workspace belongs to one store at a time, and to nobody once its process is dead."""

import signal
import subprocess
import sys

import pytest

from sandbox_app.store import Store, WorkspaceInUse

HOLDER = """
import sys
from pathlib import Path
from sandbox_app.store import Store
store = Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def elsewhere(workspace):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, workspace],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_another_process_keeps_us_out(elsewhere, workspace):
    with pytest.raises(WorkspaceInUse, match=r"workspace\.sqlite is open in another sandbox\.$"):
        Store.open(workspace)


def test_the_kernel_lets_go_of_a_killed_process(elsewhere, workspace):
    elsewhere.send_signal(signal.SIGKILL)
    elsewhere.wait()

    Store.open(workspace).close()


def test_a_second_store_in_the_same_process_is_kept_out_too(store):
    with pytest.raises(WorkspaceInUse):
        Store.open(store.path)

    store.settings.put("still", "works")


def test_another_name_of_the_same_file_does_not_help(store, tmp_path):
    link = tmp_path / "link.sqlite"
    link.symlink_to(store.path)

    with pytest.raises(WorkspaceInUse):
        Store.open(link)


def test_a_closed_workspace_may_be_opened_again(workspace):
    Store.open(workspace).close()

    Store.open(workspace).close()
