"""An archive from elsewhere beside a login of Live: chosen, read, listed and compared."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from sandbox_app.gui.live.compare_panel import ComparePanel
from sandbox_app.gui.live.file_panel import FilePanel
from sandbox_app.gui.live.file_reading import FileReading, OneFile
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.har import har_of
from tests.gui.live.samples import WEB
from tests.gui.live.test_reusing import pick
from tests.workbench.live.importing.test_reading import an_entry


@pytest.fixture
def place(make_place, core, spawn, tmp_path):
    """A place that reads files of a folder."""
    return make_place(reading=FileReading(core, spawn), beside=tmp_path)


@pytest.fixture
def exported(morning, log, tmp_path) -> Path:
    """The successful login of web as an archive of ours."""
    exchanges = morning._book.find("l6").exchanges
    path = tmp_path / "yesterday.har"
    recorded = [(one, log.details[one.id]) for one in exchanges]
    path.write_text(har_of(recorded, Redaction.MASK), encoding="utf-8")
    return path


@pytest.fixture
def foreign(tmp_path) -> Path:
    """What a browser saved of a sign-in with the real service."""
    entries = [
        an_entry(f"/oauth2/authorize?client_id={WEB}&state=1"),
        an_entry(f"/login?client_id={WEB}&state=1"),
        an_entry("/app.js"),
    ]
    path = tmp_path / "real.har"
    path.write_text(json.dumps({"log": {"entries": entries}}))
    return path


def opened(place, path: Path | None, login: str = "l7", at: int | None = None) -> FilePanel:
    """From the menu of a row; the file that is asked for is chosen, if one is."""
    found = place._book.find(login)
    pick(
        place.menus.of_row(found, None if at is None else found.exchanges[at]),
        "Compare with a HAR file…",
    )
    answer(place, path)
    panel = place.panels.panel
    assert isinstance(panel, FilePanel)
    return panel


def answer(place, path: Path | None) -> None:
    """Choose a file in the dialog that asks, or none."""
    [dialog] = [it for it in place.window().findChildren(QFileDialog) if it.isVisible()]
    if path is not None:
        dialog.fileSelected.emit(str(path))
    dialog.close()


def press(qtbot, button) -> None:
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def compared(qtbot, place) -> ComparePanel:
    panel = place.panels.panel
    assert isinstance(panel, ComparePanel)
    qtbot.waitUntil(lambda: panel.is_ready)
    return panel


def test_before_a_file_is_chosen_it_says_what_for(morning) -> None:
    panel = opened(morning, None)

    assert panel.nothing.isVisible()
    assert not panel.run.isEnabled()
    assert panel.this.text().startswith("To be compared with spa at ")


def test_a_login_is_compared_with_one_of_a_file(qtbot, morning, exported) -> None:
    panel = opened(morning, exported, "l3")
    assert panel.name.text() == "yesterday.har"
    assert panel.list.isVisible()
    assert panel.count.text() == "1 login"

    press(qtbot, panel.run)

    result = compared(qtbot, morning)
    left, right = result.sides.sides
    assert left.startswith("spa alice at ")
    assert right.startswith("web alice at ")
    assert right.endswith("signed in, from file yesterday.har")
    assert len(result.steps) == 5


def test_its_own_export_compares_equal(qtbot, morning, exported) -> None:
    panel = opened(morning, exported, "l6")

    press(qtbot, panel.run)

    assert compared(qtbot, morning).verdict.text() == "Nothing that matters differs in 5 steps."


def test_what_another_program_saw_is_compared_by_what_it_could_see(qtbot, morning, foreign) -> None:
    panel = opened(morning, foreign, "l6")
    assert panel.notes.text() == "1 request to other addresses left out."

    press(qtbot, panel.run)

    first = compared(qtbot, morning).steps[0]
    names = {row.name for row in first.rows.rows if row.matters}
    assert not names & {"AZ-1", "Client", "User", "host"}
    assert "client_id" in names


def test_another_row_of_live_takes_the_place_of_the_left_side(qtbot, morning, exported) -> None:
    panel = opened(morning, exported, "l7")

    morning.show_login("l2")

    assert panel.isVisible()
    assert panel.this.text().startswith("To be compared with web alice at ")
    press(qtbot, panel.run)
    assert compared(qtbot, morning).sides.sides[0].startswith("web alice at ")


def test_a_request_is_compared_with_the_same_step(qtbot, morning, exported) -> None:
    panel = opened(morning, exported, "l2", 3)

    press(qtbot, panel.run)

    assert [step.words.text() for step in compared(qtbot, morning).steps] == ["POST /oauth2/token"]


def test_a_step_that_the_file_has_not_is_told(qtbot, morning, exported) -> None:
    panel = opened(morning, exported, "l7", 1)

    press(qtbot, panel.run)

    assert panel.wrong.words.text() == ("That login has no GET /error: choose one of its requests.")


def test_a_file_stays_at_hand_for_other_rows(qtbot, morning, exported) -> None:
    opened(morning, exported)

    pick(morning.menus.of_row(morning._book.find("l1"), None), "Compare with yesterday.har…")

    panel = morning.panels.panel
    assert panel.list.isVisible()
    assert panel.this.text().startswith("To be compared with spa bob at ")


def test_from_a_comparison_to_one_with_a_file(qtbot, morning, exported) -> None:
    pick(
        morning.menus.of_row(morning._book.find("l7"), None),
        "Compare with this client's last success",
    )

    press(qtbot, compared(qtbot, morning).file)
    answer(morning, exported)

    assert morning.panels.panel.this.text().startswith("To be compared with spa at ")


def test_what_is_no_archive_is_told_where_it_happened(morning, tmp_path) -> None:
    path = tmp_path / "bad.har"
    path.write_text('{"log": {"entries": [oops]}}')

    panel = opened(morning, path)

    assert panel.wrong.words.text() == (
        "bad.har cannot be compared with. It is not JSON: line 1, column 22 cannot be read."
    )
    assert panel.nothing.isVisible()


def test_an_archive_without_a_pool_s_requests_is_told(morning, tmp_path) -> None:
    path = tmp_path / "other.har"
    path.write_text(json.dumps({"log": {"entries": [an_entry("/app.js")]}}))

    panel = opened(morning, path)

    assert panel.wrong.words.text() == "There is no request to a user pool in other.har."
    assert not panel.run.isEnabled()


def test_a_file_never_becomes_traffic(qtbot, morning, exported, log) -> None:
    rows, requests = len(log.rows), len(morning._book)

    panel = opened(morning, exported)
    press(qtbot, panel.run)

    assert (len(log.rows), len(morning._book)) == (rows, requests)


class Slow:
    """A reader whose end the test decides."""

    def __init__(self) -> None:
        self.file = OneFile()
        self.told: Callable[..., None] = lambda _outcome: None

    def read(self, path: Path, told: Callable[..., None]) -> OneFile:
        self.told = told
        return self.file


def test_a_long_read_shows_how_far_it_is_and_can_be_given_up(qtbot, make_place, log) -> None:
    from tests.gui.live.samples import a_morning

    slow = Slow()
    place = make_place(reading=slow)
    place.absorb(a_morning(log))
    panel = opened(place, Path("/tmp/large.har"))
    slow.file.done = 0.4
    qtbot.waitUntil(lambda: panel.progress.text() == "Being read: 40 %")

    press(qtbot, panel.stop)

    assert not slow.file._progress(0.5)
    assert panel.nothing.isVisible()
    slow.told(None)
    assert panel.nothing.isVisible()


def test_a_panel_that_is_left_wants_no_file_any_more(make_place, log) -> None:
    from tests.gui.live.samples import a_morning

    slow = Slow()
    place = make_place(reading=slow)
    place.absorb(a_morning(log))
    opened(place, Path("/tmp/large.har"))

    place.panels.close()

    assert not slow.file._progress(0.5)
    slow.told(None)


def test_with_an_empty_list_there_is_nothing_to_compare(place) -> None:
    told: list[str] = []
    place.told.connect(told.append)

    place.compare_with_file()

    assert told == ["There is nothing to compare a file with yet."]


def test_the_file_menu_takes_what_is_looked_at(morning, exported) -> None:
    morning.show_login("l2")

    morning.compare_with_file()
    answer(morning, exported)

    assert morning.panels.panel.this.text().startswith("To be compared with web alice at ")
