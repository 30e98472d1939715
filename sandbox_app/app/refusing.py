"""How a command says, in one sentence, that it cannot do what was asked."""

import sys

from sandbox_app.server.edge.listeners import PortTaken
from sandbox_app.store import WorkspaceError
from sandbox_app.workbench.templates.errors import TemplateError

REFUSED = 2
"""Exit status for it."""

EXPECTED = (WorkspaceError, PortTaken, TemplateError, OSError)
"""What a person can cause and cure; anything else is a fault of ours and shows its trace."""


def refuse(error: Exception) -> int:
    """Say it on stderr; returns the exit status."""
    print(f"userpool-sandbox: {_sentence(error)}", file=sys.stderr)
    return REFUSED


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename is not None and error.strerror:
        return f"{error.filename} cannot be used: {error.strerror.lower()}."
    return str(error)
