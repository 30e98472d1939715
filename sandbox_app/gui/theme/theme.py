"""The theme in force: which colours, fonts and icons every widget of this window draws with."""

from math import ceil
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from sandbox_app.gui.theme.icons import IconLoader
from sandbox_app.gui.theme.palette import build_palette
from sandbox_app.gui.theme.stylesheet import fill_template
from sandbox_app.gui.theme.tokens import DARK, LIGHT, Token, Tokens
from sandbox_app.gui.theme.typography import Role, Typeface, build_font, load_fonts

Mode = Literal["light", "dark", "system"]

_MOST_WIDTHS = 4_000


class Theme(QObject):
    """Colours, fonts, icons and the style sheet; handed to every component at construction.

    Nothing changes on the application until `apply` is called; from then on a change of mode,
    scale or, in mode "system", of the desktop's own scheme takes effect at once.

    Args:
        application: gets style, palette and font.
        mode: "light", "dark", or "system" to follow the desktop where it tells.
        scale: the user's own factor on every size, 1.0 = as designed.

    Signals:
        changed: colours or sizes are different now; redraw what was kept.
    """

    changed = Signal()
    _sheet_changed = Signal()

    def __init__(
        self, application: QApplication, *, mode: Mode = "system", scale: float = 1.0
    ) -> None:
        super().__init__(application)
        self._application = application
        self._mode: Mode = mode
        self._scale = scale
        self._applied = False
        self._families = load_fonts()
        self._fonts: dict[Role | Typeface, QFont] = {}
        self._widths: dict[tuple[Role | Typeface, str], int] = {}
        self.fitted_lines: dict[tuple[object, ...], Any] = {}
        """Lines that were cut and laid out for painting, see `components.painting`."""
        self._colours: dict[str, QColor] = {}
        self._pictures = QTemporaryDir()
        self.icons = IconLoader()
        self.motion = True
        """Whether anything may move; off for people and tests that ask for stillness."""
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def mode(self) -> Mode:
        """What was asked for; `is_dark` says what it comes to."""
        return self._mode

    @property
    def scale(self) -> float:
        """The user's factor on every size."""
        return self._scale

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are in force."""
        if self._mode == "system":
            return self._application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def tokens(self) -> Tokens:
        """The colour table in force."""
        return DARK if self.is_dark else LIGHT

    def set_mode(self, mode: Mode) -> None:
        """Switch between light, dark and the desktop's own choice."""
        if mode != self._mode:
            was_dark = self.is_dark
            self._mode = mode
            self._tell_desktop()
            if self.is_dark != was_dark:
                self._renew()

    def set_scale(self, scale: float) -> None:
        """Make everything larger or smaller; 0.75 to 2.0 is sensible."""
        if scale != self._scale:
            self._scale = scale
            self._fonts.clear()
            self._widths.clear()
            self.fitted_lines.clear()
            self._renew()

    def apply(self) -> None:
        """Give the application its looks: Fusion, palette, font."""
        if not self._applied:
            self._application.setStyle(QStyleFactory.create("Fusion"))
            self._applied = True
            self._tell_desktop()
        self._application.setPalette(build_palette(self.tokens))
        self._application.setFont(self.font(Role.BODY))
        self._sheet_changed.emit()

    def dress(self, wearer: QWidget | QApplication) -> None:
        """Give a window the style sheet, now and whenever it changes; what lies in it inherits it.

        The program dresses its window and not the application. Under an application with a style
        sheet Qt goes through all widgets inside of each widget that is put into another one, so
        that making a place, from its parts to the whole, takes two to three times as long.
        """
        dress = _Dress(self, wearer)
        self._sheet_changed.connect(dress.put_on)
        dress.put_on()

    def style_sheet(self) -> str:
        """The template filled for the theme in force; Qt's style sheet language."""
        return fill_template(self.tokens, self.px, self.icons, Path(self._pictures.path()))

    def px(self, unscaled: float) -> int:
        """A designed distance in px, times the user's scale, rounded; never 0 for a positive."""
        scaled = round(unscaled * self._scale)
        return max(1, scaled) if unscaled > 0 else scaled

    def color(self, token: Token) -> QColor:
        """A colour by name; do not modify the object."""
        colour = self._colours.get(token)
        if colour is None:
            colour = QColor(getattr(self.tokens, token))
            self._colours[token] = colour
        return colour

    def font(self, role: Role | Typeface) -> QFont:
        """The font for a role at the user's scale; copy before changing it."""
        font = self._fonts.get(role)
        if font is None:
            face = role.value if isinstance(role, Role) else role
            font = build_font(face, self._families, self._scale)
            self._fonts[role] = font
        return font

    def metrics(self, role: Role | Typeface) -> QFontMetrics:
        """How wide and high texts of a role are."""
        return QFontMetrics(self.font(role))

    def text_width(self, role: Role | Typeface, text: str) -> int:
        """Logical px one line of `text` needs, rounded up so that it is never cut."""
        # Layouts ask for the same few hundred texts again and again.
        width = self._widths.get((role, text))
        if width is None:
            if len(self._widths) >= _MOST_WIDTHS:
                self._widths.clear()
            width = ceil(QFontMetricsF(self.font(role)).horizontalAdvance(text))
            self._widths[role, text] = width
        return width

    def pixmap(self, name: str, token: Token, size: int, dpr: float = 1.0) -> QPixmap:
        """An icon in a colour of the theme; `size` in unscaled px."""
        return self.icons.pixmap(name, self.color(token), self.px(size), dpr)

    def icon(self, name: str, token: Token = "text2", size: int = 16) -> QIcon:
        """The same as a QIcon, for menus and actions; ask again after `changed`."""
        return self.icons.icon(name, self.color(token), self.color("disabled"), self.px(size))

    def _tell_desktop(self) -> None:
        """Let the title bar and native dialogs match, where the platform can."""
        if self._applied:
            wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
            scheme = wanted.get(self._mode, Qt.ColorScheme.Unknown)
            self._application.styleHints().setColorScheme(scheme)

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._renew()

    def _renew(self) -> None:
        self._colours.clear()
        self.icons.forget()
        if self._applied:
            self.apply()
        self.changed.emit()


class _Dress(QObject):
    """Goes with its wearer."""

    def __init__(self, theme: Theme, wearer: QWidget | QApplication) -> None:
        super().__init__(wearer)
        self._theme = theme

    def put_on(self) -> None:
        # Kept here, the wearer would be freed by a collection only.
        wearer = self.parent()
        assert isinstance(wearer, QWidget | QApplication)
        wearer.setStyleSheet(self._theme.style_sheet())
