"""Where files that ship with the program lie: in a checkout, a wheel or a bundle."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource_path(name: str) -> Path:
    """The file or folder `name` below `resources/`; the checkout wins over the installed copy.

    Raises:
        FileNotFoundError: neither place has it, so the installation is incomplete.
    """
    for root in (_PACKAGE.parent / "resources", _PACKAGE / "resources"):
        candidate = root / name
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"the installation lacks resources/{name}")
