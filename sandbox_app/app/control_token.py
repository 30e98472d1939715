"""The file in which a running sandbox leaves the token of its control interface."""

from pathlib import Path

from sandbox_app.app.platform import control_token_file, write_private


class ControlTokenFile:
    """For its owner alone, and gone when the program ends; what is printed names only the file."""

    def __init__(self) -> None:
        self.path: Path = control_token_file()

    def write(self, token: str) -> None:
        """Leave the token, in place of an earlier one."""
        write_private(self.path, token)

    def remove(self) -> None:
        """Take the file away; nothing happens where there is none."""
        self.path.unlink(missing_ok=True)
