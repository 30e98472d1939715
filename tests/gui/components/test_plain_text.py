"""Text from elsewhere is shown letter by letter, never as mark-up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QLabel

from sandbox_app.gui.components import (
    Banner,
    Button,
    Chip,
    CodeView,
    CopyValue,
    ElidedLabel,
    EmptyState,
    ErrorBar,
    Field,
    FormRow,
    IconButton,
    Label,
    Tabs,
    WrapLabel,
    one_line,
    plain_tooltip,
)

PLANTED = '<img src="file:///x"><b>bold</b> &lt; R&D'


def an_error_bar(theme):
    bar = ErrorBar(theme)
    bar.show_message(PLANTED, action=(PLANTED, bar.dismiss))
    return bar


@pytest.mark.parametrize(
    "make",
    [
        lambda theme: Label(theme, PLANTED),
        lambda theme: WrapLabel(theme, PLANTED),
        lambda theme: ElidedLabel(theme, PLANTED, middle=True),
        lambda theme: CopyValue(theme, "value", PLANTED),
        lambda theme: Banner(theme, "bad", PLANTED, PLANTED),
        lambda theme: EmptyState(theme, "live", PLANTED, PLANTED),
        lambda theme: FormRow(theme, PLANTED, Field(theme, ""), PLANTED),
        an_error_bar,
    ],
)
def test_planted_markup_stays_text_in_every_label(qtbot, theme, make):
    widget = make(theme)
    qtbot.addWidget(widget)
    labels = [*widget.findChildren(QLabel), *([widget] if isinstance(widget, QLabel) else [])]

    assert any(label.text() == PLANTED for label in labels)
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_tooltip_shows_markup_letter_by_letter():
    shown = QTextDocument()
    shown.setHtml(plain_tooltip(PLANTED))

    assert shown.toPlainText() == PLANTED
    assert "<img" not in plain_tooltip(PLANTED)


def test_a_tooltip_keeps_line_breaks_and_ends_somewhere():
    shown = QTextDocument()
    shown.setHtml(plain_tooltip("one\ntwo"))

    assert shown.toPlainText().splitlines() == ["one", "two"]
    assert len(plain_tooltip("x" * 5000)) < 1100
    assert plain_tooltip("") == ""


@pytest.mark.parametrize(
    "make",
    [
        lambda theme: IconButton(theme, "copy", PLANTED),
        lambda theme: Chip(theme, "x", tooltip=PLANTED),
    ],
)
def test_tooltips_of_components_are_escaped(qtbot, theme, make):
    widget = make(theme)
    qtbot.addWidget(widget)

    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()


def test_an_ampersand_is_no_mnemonic(qtbot, theme):
    button, tabs = Button(theme, "R&D"), Tabs(theme, "x", [("a", "R&D")])
    qtbot.addWidget(button)
    qtbot.addWidget(tabs)

    assert button.shortcut().isEmpty()
    assert button.label == button.accessibleName() == "R&D"
    assert tabs.label(0) == "R&D"


def test_a_code_view_takes_markup_as_text(qtbot, theme):
    view = CodeView(theme, "body")
    qtbot.addWidget(view)

    view.set_text(PLANTED)

    assert view.toPlainText() == PLANTED
    assert not view.acceptRichText()


def test_control_characters_do_not_break_a_row():
    assert one_line("a\nb\tc\x00d\u202ee") == "a b c d e"
