"""How a page of ours in Markdown is set: our faces, sizes and distances instead of Qt's."""

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
)

from sandbox_app.gui.theme import Role, Theme

_HEADINGS = {1: Role.PRESENTER_TITLE, 2: Role.SECTION}
_SPACE_ABOVE = {1: 0, 2: 20}
_SPACE_BELOW = 10
_BETWEEN_ITEMS = 4
_LINE_PERCENT = 140.0
_CODE_PERCENT = 130.0
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
_CODE_PADDING = 10
_CODE_BELOW = 14


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
    # From the end, so that what a frame adds moves nothing that is still to be framed.
    for first, last in reversed(_listings(document)):
        _frame(theme, document, first, last)
    block = document.begin()
    while block.isValid():
        if QTextCursor(block).currentFrame() != document.rootFrame():
            _set_code(theme, block)
        elif block.length() > 1:
            _set_block(theme, block)
        else:
            _flatten(block)
        block = block.next()
    return document


def _is_code(block: QTextBlock) -> bool:
    """Whether it is a line of a fenced listing; Qt makes each line a block of its own."""
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)


def _set_code(theme: Theme, block: QTextBlock) -> None:
    look = QTextBlockFormat()
    look.setLineHeight(_CODE_PERCENT, _PROPORTIONAL)
    look.setBottomMargin(0)
    look.setTopMargin(0)
    look.setNonBreakableLines(False)
    cursor = QTextCursor(block)
    cursor.mergeBlockFormat(look)
    face = QTextCharFormat()
    face.setFont(theme.font(Role.MONO))
    # An empty line has no character whose face it could take its height from.
    cursor.setBlockCharFormat(face)
    cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.mergeCharFormat(face)


def _flatten(block: QTextBlock) -> None:
    """Take the room from an empty line, which a frame has before and behind it."""
    look = QTextBlockFormat()
    look.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    look.setBottomMargin(0)
    look.setTopMargin(0)
    QTextCursor(block).mergeBlockFormat(look)


def _listings(document: QTextDocument) -> list[tuple[int, int]]:
    """Where each listing begins and ends, in characters."""
    found: list[tuple[int, int]] = []
    block = document.begin()
    inside = False
    while block.isValid():
        if _is_code(block):
            end = block.position() + block.length() - 1
            found[-1:] = [(found[-1][0], end)] if inside else [*found[-1:], (block.position(), end)]
        inside = _is_code(block)
        block = block.next()
    return found


def _frame(theme: Theme, document: QTextDocument, first: int, last: int) -> None:
    """A ground of its own under a listing."""
    look = QTextFrameFormat()
    look.setBackground(theme.color("sunken"))
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(theme.color("line"))
    look.setPadding(theme.px(_CODE_PADDING))
    look.setBottomMargin(theme.px(_CODE_BELOW))
    cursor = QTextCursor(document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertFrame(look)


def _set_block(theme: Theme, block: QTextBlock) -> None:
    level = block.blockFormat().headingLevel()
    listed = block.textList() is not None
    look = QTextBlockFormat()
    look.setTopMargin(theme.px(_SPACE_ABOVE.get(level, 0)))
    look.setBottomMargin(theme.px(_BETWEEN_ITEMS if listed else _SPACE_BELOW))
    look.setLineHeight(_LINE_PERCENT, _PROPORTIONAL)
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
