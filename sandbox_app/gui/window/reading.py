"""How a page of ours in Markdown is set: our faces, sizes and distances instead of Qt's."""

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from sandbox_app.gui.theme import Role, Theme

_HEADINGS = {1: Role.PRESENTER_TITLE, 2: Role.SECTION}
_SPACE_ABOVE = {1: 0, 2: 20}
_SPACE_BELOW = 10
_BETWEEN_ITEMS = 4
_LINE_PERCENT = 140.0


def make_document(theme: Theme, text: str, *, plain: bool) -> QTextDocument:
    """The text laid out for reading: Markdown, or plain text monospaced."""
    document = QTextDocument()
    document.setDocumentMargin(theme.px(24))
    document.setDefaultFont(theme.font(Role.MONO if plain else Role.BODY))
    if plain:
        document.setPlainText(text)
        return document
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(text, features.MarkdownDialectCommonMark | features.MarkdownNoHTML)
    block = document.begin()
    while block.isValid():
        _set_block(theme, block)
        block = block.next()
    return document


def _set_block(theme: Theme, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    listed = block.textList() is not None
    look = QTextBlockFormat()
    look.setTopMargin(theme.px(_SPACE_ABOVE.get(level, 0)))
    look.setBottomMargin(theme.px(_BETWEEN_ITEMS if listed else _SPACE_BELOW))
    proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight
    look.setLineHeight(_LINE_PERCENT, proportional.value)
    QTextCursor(block).mergeBlockFormat(look)
    cursor = QTextCursor(block)
    for position, length, face in _pieces(theme, block, level):
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(face)


def _pieces(theme: Theme, block: QTextBlock, level: int) -> list[tuple[int, int, QTextCharFormat]]:
    """Where each run of one format lies, and the face it gets."""
    found = []
    iterator = block.begin()
    while not iterator.atEnd():
        piece = iterator.fragment()
        face = QTextCharFormat()
        face.setFont(_font(theme, piece.charFormat(), level))
        found.append((piece.position(), piece.length(), face))
        iterator += 1
    return found


def _font(theme: Theme, said: QTextCharFormat, level: int) -> QFont:
    if level in _HEADINGS:
        return theme.font(_HEADINGS[level])
    if said.fontFixedPitch():
        return theme.font(Role.MONO)
    # The shipped faces end at 600; anything bolder would be smeared by Qt.
    strong = said.fontWeight() > QFont.Weight.Medium
    return theme.font(Role.NAME if strong else Role.BODY)
