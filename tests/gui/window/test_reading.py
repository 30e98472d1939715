"""A page of Help is set for reading: our faces, and listings on a ground of their own."""

from pathlib import Path

import pytest
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from sandbox_app.app.help_pages import help_pages
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.gui.window import HelpPage
from sandbox_app.gui.window.reading import make_document

PAGE = """
# Title

Before `code` here.

```python
def test():

    assert True
```

Between.

```sh
curl
```

After.
"""


def blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def framed(document: QTextDocument) -> list[str]:
    root = document.rootFrame()
    return [each.text() for each in blocks(document) if QTextCursor(each).currentFrame() != root]


def test_a_listing_keeps_its_lines_on_a_ground_of_its_own(theme: Theme) -> None:
    document = make_document(theme, PAGE, plain=False)

    assert framed(document) == ["def test():", "", "    assert True", "curl"]
    frames = document.rootFrame().childFrames()
    assert len(frames) == 2
    assert all(each.frameFormat().background().color() == theme.color("sunken") for each in frames)


def test_a_listing_is_monospaced_and_its_lines_stand_close(theme: Theme) -> None:
    document = make_document(theme, PAGE, plain=False)
    document.setTextWidth(700)
    layout = document.documentLayout()
    listing = [each for each in blocks(document) if QTextCursor(each).currentFrame().parentFrame()]
    tops = [layout.blockBoundingRect(each).y() for each in listing[:3]]

    face = listing[0].begin().fragment().charFormat().font()
    assert face.family() == theme.font(Role.MONO).family()
    assert tops[1] - tops[0] == pytest.approx(tops[2] - tops[1], abs=1)
    assert tops[1] - tops[0] < theme.px(28)


def test_no_page_of_ours_is_wider_than_the_window(theme: Theme) -> None:
    for page in help_pages(lambda: Path("ca.pem"), Path("log"), Path("token")):
        if not page.plain:
            document = make_document(theme, page.text(), plain=False)
            document.setTextWidth(theme.px(720))
            assert document.idealWidth() <= theme.px(720), page.key


def test_help_has_a_page_on_testing() -> None:
    pages = help_pages(lambda: Path("ca.pem"), Path("log"), Path("/x/control-7.token"))
    texts = {page.key: page for page in pages if isinstance(page, HelpPage)}

    assert texts["testing"].title == "Testing"
    assert "sandbox.sign_in" in texts["testing"].text()
    assert "/x/control-7.token" in texts["about"].text()


def test_help_lists_the_keys_of_marks_as_the_program_has_them() -> None:
    pages = help_pages(lambda: Path("ca.pem"), Path("log"), Path("token"))
    (keys,) = [page for page in pages if page.title == "Keys"]

    for key in ("`M`: mark", "`Shift+M`: the next colour", "`F2`: write a note", "`F8`"):
        assert key in keys.text()
