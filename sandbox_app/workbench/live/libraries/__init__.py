"""Which client library sent a request, told by its shape, and what such libraries stumble over."""

from sandbox_app.workbench.live.libraries.library import Library
from sandbox_app.workbench.live.libraries.recognition import (
    LOOKED_AT,
    recognise,
    recognise_login,
)
from sandbox_app.workbench.live.libraries.traps import traps

__all__ = ["LOOKED_AT", "Library", "recognise", "recognise_login", "traps"]
