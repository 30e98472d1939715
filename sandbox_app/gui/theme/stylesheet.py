"""Fills the style sheet template: colours, scaled sizes and indicator images for one theme."""

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Final

from PySide6.QtGui import QColor

from sandbox_app.domain.resources import resource_path
from sandbox_app.gui.theme.icons import IconLoader
from sandbox_app.gui.theme.tokens import Tokens

_TEMPLATE: Final = "style/window.qss"
_COLOUR: Final = re.compile(r"@([a-z][a-z0-9_]*)")
_SIZE: Final = re.compile(r"round\((\d+)px\)|\b(\d+)px\b")
_IMAGE: Final = re.compile(r"image\(([a-z-]+), ([a-z0-9_]+)\)")
_DOT: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24">'
    '<circle cx="12" cy="12" r="6" fill="currentColor"/></svg>'
)


def fill_template(
    tokens: Tokens, px: Callable[[float], int], icons: IconLoader, folder: Path
) -> str:
    """The style sheet for one theme.

    In the template `@name` is a token, `12px` is scaled (hairlines of `1px` are not),
    `round(14px)` is the radius that makes a circle of a box so wide between its hairlines, and
    `image(check, on_accent)` becomes a picture of that icon in that colour, written into
    `folder`, which must outlive the style sheet.

    Raises:
        KeyError: the template names a token that does not exist.
    """
    colours = {field.name: str(getattr(tokens, field.name)) for field in fields(tokens)}

    def picture(match: re.Match[str]) -> str:
        return f"url({_write_picture(match[1], colours[match[2]], icons, folder)})"

    def size(match: re.Match[str]) -> str:
        if match[1]:
            # A px more than half, and Qt would draw a square.
            return f"{(px(int(match[1])) + 2) // 2}px"
        unscaled = int(match[2])
        return f"{unscaled if unscaled <= 1 else px(unscaled)}px"

    template = resource_path(_TEMPLATE).read_text(encoding="utf-8")
    sized = _SIZE.sub(size, template)
    coloured = _COLOUR.sub(lambda match: colours[match[1]], sized)
    return _IMAGE.sub(picture, coloured)


def _write_picture(name: str, colour: str, icons: IconLoader, folder: Path) -> str:
    drawing = (
        _DOT.replace("currentColor", colour) if name == "dot" else icons.svg(name, QColor(colour))
    )
    target = folder / f"{name}-{colour.lstrip('#').lower()}.svg"
    if not target.exists():
        target.write_text(drawing, encoding="utf-8")
    return target.as_posix()
