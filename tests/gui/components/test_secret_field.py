"""A secret stays masked, for eyes and for screen readers, until somebody asks to see it."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from sandbox_app.gui.components import SecretField

SECRET = "s3cr3t-of-the-web-client"


@pytest.fixture
def secret(qtbot, theme) -> SecretField:
    made = SecretField(theme, "client secret", SECRET)
    qtbot.addWidget(made)
    made.show()
    return made


def everything_said(widget: QWidget) -> str:
    said: list[str] = []
    for one in [widget, *widget.findChildren(QWidget)]:
        said += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        if isinstance(one, (QLabel, QLineEdit)):
            said.append(one.text())
    return "\n".join(said)


def test_masked_it_is_in_no_text_of_any_widget(secret) -> None:
    assert SECRET not in everything_said(secret)


def test_the_mask_does_not_tell_the_length(secret) -> None:
    before = secret.field.text()
    secret.set_secret("x")

    assert secret.field.text() == before


def test_the_eye_shows_and_hides_it(secret) -> None:
    secret.eye.click()
    shown, name = secret.field.text(), secret.eye.accessibleName()
    secret.eye.click()

    assert (shown, name) == (SECRET, "Hide client secret")
    assert SECRET not in everything_said(secret)
    assert secret.eye.accessibleName() == "Show client secret"


def test_another_secret_is_masked_again_and_the_same_stays(secret) -> None:
    secret.set_shown(True)
    secret.set_secret(SECRET)
    same = secret.is_shown
    secret.set_secret("another")

    assert (same, secret.is_shown) == (True, False)
    assert "another" not in everything_said(secret)


def test_it_is_copied_without_being_shown(secret) -> None:
    secret.copy.click()

    assert QApplication.clipboard().text() == SECRET
    assert SECRET not in everything_said(secret)


def test_buttons_ask_and_change_nothing(qtbot, secret) -> None:
    with qtbot.waitSignal(secret.regenerate_wanted):
        secret.regenerate.click()
    with qtbot.waitSignal(secret.remove_wanted):
        secret.remove.click()

    secret.set_shown(True)
    assert secret.field.text() == SECRET


def test_without_a_secret_there_is_nothing_to_show_copy_or_remove(secret) -> None:
    secret.set_secret("")
    secret.set_shown(True)

    assert not secret.is_shown
    assert [
        button.isEnabled() for button in (secret.eye, secret.copy, secret.regenerate, secret.remove)
    ] == [False, False, True, False]
    assert secret.field.text() == ""


def test_it_cannot_be_typed_over(secret) -> None:
    assert secret.field.isReadOnly()


def test_buttons_that_make_no_sense_are_not_there(qtbot, theme) -> None:
    made = SecretField(theme, "client secret", SECRET, can_regenerate=False, can_remove=False)
    qtbot.addWidget(made)
    made.show()

    assert (made.regenerate.isVisible(), made.remove.isVisible()) == (False, False)


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if event.type() is QEvent.Type.Show and is_window:
            self.shown.append(watched)
        return False


def test_no_button_of_it_is_ever_a_window_which_would_take_the_keyboard(qtbot, qapp, theme) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)

    made = SecretField(theme, "client secret", SECRET)

    qapp.removeEventFilter(windows)
    qtbot.addWidget(made)
    assert windows.shown == []
