"""What is wrong with a control, in a sentence below it, and the one-click remedy."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components.buttons import Button
from sandbox_app.gui.components.labels import IconLabel, WrapLabel
from sandbox_app.gui.theme import Role, Theme


class VerdictLine(QWidget):
    """Icon, sentence, link; hidden while nothing is wrong.

    Attributes:
        words: the sentence.
        remedy: the link; hidden when there is no remedy.
    """

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WrapLabel(theme, "", Role.STATUS, "bad")
        self.remedy = Button(theme, "", variant="link", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(IconLabel(theme, "refused", "bad", 16, name="Wrong"))
        row.addWidget(self.words)
        row.addWidget(self.remedy)
        row.addStretch(1)
        self.hide()

    def say(self, sentence: str, remedy: str = "") -> None:
        """Show a sentence, or hide with an empty one."""
        self.words.setText(sentence)
        self.remedy.setText(remedy)
        self.remedy.setVisible(bool(remedy))
        self.setVisible(bool(sentence))
