"""What the window remembers between two starts: sizes, theme, recent files, state of places."""

import json
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSettings

from sandbox_app.gui.theme.theme import Mode

_MOST_RECENT = 8
_MODES = ("light", "dark", "system")
SCALES = (0.85, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""The user's choice of sizes."""


class Remembered:
    """Reads and writes one settings file; what makes no sense there counts as never written."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the system has it."""
        found = self._text("theme")
        return cast(Mode, found) if found in _MODES else "system"

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._settings.setValue("theme", mode)

    @property
    def scale(self) -> float:
        """The user's factor on every size, one of `SCALES`."""
        try:
            found = float(self._text("scale"))
        except ValueError:
            return 1.0
        return found if found in SCALES else 1.0

    @scale.setter
    def scale(self, scale: float) -> None:
        self._settings.setValue("scale", str(scale))

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was, as Qt packs it."""
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("geometry", geometry)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Workspaces opened lately that are still there, newest first."""
        found = self._json("recent")
        texts = found if isinstance(found, list) else []
        paths = (Path(text) for text in texts if isinstance(text, str))
        return tuple(path for path in paths if path.is_file())

    def opened(self, path: Path) -> None:
        """Put a workspace at the head of the recent ones."""
        others = [known for known in self.recent if known != path]
        texts = [str(known) for known in (path, *others)][:_MOST_RECENT]
        self._settings.setValue("recent", json.dumps(texts))

    def state(self, name: str) -> dict[str, object]:
        """What a place or the window put under `name`; empty if nothing sensible is there."""
        found = self._json(f"state/{name}")
        return found if isinstance(found, dict) else {}

    def put_state(self, name: str, state: dict[str, object]) -> None:
        """Keep plain values under `name`."""
        self._settings.setValue(f"state/{name}", json.dumps(state))

    def write(self) -> None:
        """Bring everything to the disk now."""
        self._settings.sync()

    def _text(self, key: str) -> str:
        found = self._settings.value(key, "")
        return found if isinstance(found, str) else ""

    def _json(self, key: str) -> object:
        try:
            return json.loads(self._text(key) or "null")
        except ValueError:
            return None
