"""How the window looks: colours, type, icons and the style sheet, in a light and a dark theme."""

from sandbox_app.gui.theme.icons import IconLoader
from sandbox_app.gui.theme.theme import Mode, Theme
from sandbox_app.gui.theme.tokens import DARK, LIGHT, Token, Tokens
from sandbox_app.gui.theme.typography import Role, Typeface

__all__ = ["DARK", "LIGHT", "IconLoader", "Mode", "Role", "Theme", "Token", "Tokens", "Typeface"]
