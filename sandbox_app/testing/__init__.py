"""Sandboxes for test suites: `from sandbox_app.testing import Sandbox`.

    with Sandbox(seed="team.yaml") as sandbox:
        tokens = sandbox.sign_in("dana", client="web")

Nothing is imported before it is used, because pytest loads this package for every suite that has
it installed. Qt is never imported.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox_app.testing.browserless import SignInRefused
    from sandbox_app.testing.deeds import AsyncSandbox
    from sandbox_app.testing.sandbox import Sandbox
    from sandbox_app.testing.signed_in import Client, Tokens

__all__ = ["AsyncSandbox", "Client", "Sandbox", "SignInRefused", "Tokens"]

_HOMES = MappingProxyType(
    {
        "AsyncSandbox": "deeds",
        "Client": "signed_in",
        "Sandbox": "sandbox",
        "SignInRefused": "browserless",
        "Tokens": "signed_in",
    }
)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
