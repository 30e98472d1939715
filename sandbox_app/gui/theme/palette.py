"""Fusion's palette in our colours, so that what no style sheet reaches is still ours."""

from PySide6.QtGui import QColor, QPalette

from sandbox_app.gui.theme.tokens import Tokens

_Role = QPalette.ColorRole


def build_palette(tokens: Tokens) -> QPalette:
    """The palette for one theme; disabled text has its own group."""
    palette = QPalette()
    for role, colour in (
        (_Role.Window, tokens.surface),
        (_Role.WindowText, tokens.text),
        (_Role.Base, tokens.surface),
        (_Role.AlternateBase, tokens.surface),
        (_Role.Text, tokens.text),
        (_Role.PlaceholderText, tokens.text3),
        (_Role.Button, tokens.raised),
        (_Role.ButtonText, tokens.text),
        (_Role.BrightText, tokens.on_accent),
        (_Role.ToolTipBase, tokens.raised),
        (_Role.ToolTipText, tokens.text),
        (_Role.Highlight, tokens.accent),
        (_Role.HighlightedText, tokens.on_accent),
        (_Role.Accent, tokens.accent),
        (_Role.Link, tokens.accent_text),
        (_Role.LinkVisited, tokens.accent_text),
        (_Role.Light, tokens.raised),
        (_Role.Midlight, tokens.hover),
        (_Role.Mid, tokens.line2),
        (_Role.Dark, tokens.control),
        (_Role.Shadow, tokens.shadow),
    ):
        palette.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.PlaceholderText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.disabled))
    return palette
