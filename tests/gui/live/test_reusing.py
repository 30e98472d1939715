"""From the menu of a row: copied as a command, exported as an archive."""

import json
import shlex
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from sandbox_app.gui.live.reusing import MOST_EXPORTED
from tests.gui.live.samples import WEB, a_machine_token, an_exchange


def pick(menu: QMenu, *words: str) -> None:
    """Follow sub-menus to an action, and trigger it."""
    for at, word in enumerate(words):
        action = next(it for it in menu.actions() if it.text() == word)
        if at + 1 < len(words):
            menu = action.menu()
        else:
            action.trigger()


def copied(place, *words: str) -> str:
    login = place._book.find("l6")
    pick(place.menus.of_row(login, None), *words)
    return QApplication.clipboard().text()


def code_of(place) -> str:
    return "c0de-4711"


def test_a_copied_request_masks_its_secrets(morning) -> None:
    told: list[str] = []
    morning.told.connect(told.append)

    text = copied(morning, "Copy request as", "cURL")

    assert text.startswith("# Set first: CODE, CLIENT_SECRET")
    assert "http://localhost:9400/oauth2/token" in text
    assert code_of(morning) not in text
    assert told == ["Copied POST /oauth2/token as cURL. Secrets are variables, to be set first."]


def test_asked_for_the_configured_secret_comes_along(morning) -> None:
    asked: list[str] = []

    def secret_of(client_id: str) -> str:
        asked.append(client_id)
        return "s3cret"

    morning.reusing.copying._secret_of = secret_of

    text = copied(morning, "Copy request with secrets as", "cURL")

    assert asked == [WEB]
    assert "client_secret=s3cret" in shlex.split(text, comments=True)
    assert f"code={code_of(morning)}" in text


@pytest.mark.parametrize("form", ["HTTPie", "Python", "Raw HTTP"])
def test_every_form_is_offered(morning, form) -> None:
    text = copied(morning, "Copy request as", form)

    assert "/oauth2/token" in text
    assert code_of(morning) not in text


def test_what_is_no_longer_recorded_cannot_be_copied(place, log) -> None:
    exchange = an_exchange(login_id="l1")
    log.add(exchange)
    place.absorb([exchange])
    log.details.clear()

    menu = place.menus.of_row(place._book.find("l1"), None)

    copies = next(it for it in menu.actions() if it.text() == "Copy request as")
    assert not copies.isEnabled()


def export(qtbot, place, *words: str):
    pick(place.menus.of_row(place._book.find("l6"), None), "Export as HAR", *words)
    panel = place.panels.panel
    qtbot.waitUntil(lambda: panel.is_ready)
    return panel


def test_a_login_is_previewed_masked_and_saved_as_it_is_shown(qtbot, morning) -> None:
    panel = export(qtbot, morning, "This login…")
    wanted: list[tuple[Path, str]] = []
    morning.write_wanted.connect(lambda path, text: wanted.append((path, text)))

    assert panel.isVisible()
    assert panel.code.text == panel.text
    assert code_of(morning) not in panel.text
    assert "Masked: " in panel.note.text()
    assert "1 code" in panel.note.text()
    panel.save_to(Path("/tmp/login.har"))

    assert wanted == [(Path("/tmp/login.har"), panel.text)]
    urls = [it["request"]["url"] for it in json.loads(panel.text)["log"]["entries"]]
    assert len(urls) == 5


def test_unmasked_is_a_choice_that_says_what_it_means(qtbot, morning) -> None:
    panel = export(qtbot, morning, "This login…")

    panel.secrets.set_current("none")
    panel.secrets.chosen.emit("none")
    qtbot.waitUntil(lambda: panel.is_ready)

    assert code_of(morning) in panel.text
    assert "keep it as you keep secrets" in panel.note.text()


def test_everything_shown_is_what_passes_the_filter(qtbot, morning) -> None:
    morning.toolbar.filter.setText("~client spa")
    panel = export(qtbot, morning, "Everything shown…")

    entries = json.loads(panel.text)["log"]["entries"]
    assert {it["_client"] for it in entries} == {"spa"}
    moments = [it["startedDateTime"] for it in entries]
    assert moments == sorted(moments)


def test_more_than_fits_is_told(qtbot, morning, log) -> None:
    for number in range(MOST_EXPORTED):
        morning.absorb(a_machine_token(log, f"m{number}", 1_795_431_000.0 + number))
    panel = export(qtbot, morning, "Everything shown…")

    left_out = len(morning._book) - MOST_EXPORTED
    assert f"{left_out} requests are not in it." in panel.note.text()


def test_escape_and_another_row_lead_back(qtbot, morning) -> None:
    morning.show_login("l6")
    panel = export(qtbot, morning, "This login…")
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert morning.detail.isVisible()

    export(qtbot, morning, "This login…")
    morning.show_login("l7")
    assert morning.detail.isVisible()
    assert morning.panels.panel is None


def test_a_refusal_is_copied_as_one_text_without_being_opened(morning) -> None:
    told: list[str] = []
    morning.told.connect(told.append)
    morning.show_login("l6")

    pick(morning.menus.of_row(morning._book.find("l7"), None), "Copy refusal as text")

    text = QApplication.clipboard().text()
    assert "AZ-4" in text
    assert "http://localhost:5173/callback/" in text
    assert "Userpool Sandbox 9" in text
    assert told == ["Copied the refusal with its request and checks; secrets are masked."]
    assert morning.detail.exchange.login_id == "l6"


def test_only_a_refusal_can_be_copied_as_one(morning) -> None:
    words = [it.text() for it in morning.menus.of_row(morning._book.find("l6"), None).actions()]

    assert "Copy refusal as text" not in words


def test_the_address_is_offered_first(morning) -> None:
    text = copied(morning, "Copy request as", "URL")

    assert text == "http://localhost:9400/oauth2/token"
