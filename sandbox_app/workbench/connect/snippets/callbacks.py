"""Callbacks that a library insists on: it takes sign-ins back at a path of its own."""

from collections.abc import Callable
from urllib.parse import urlsplit

from sandbox_app.workbench.connect.snippets.told import Told
from sandbox_app.workbench.demo import CALLBACK


def callback_for(
    told: Told, suits: Callable[[str], bool], usual: str, origin: str = ""
) -> tuple[str, str]:
    """The client's first callback URL whose path suits the library, and what is missing.

    Where none suits: what it would be, twice, at `origin` or that of the first callback URL.
    """
    for url in told.client.callback_urls:
        if not url.endswith(CALLBACK) and suits(urlsplit(url).path):
            return url, ""
    parts = urlsplit(told.own.callback)
    wanted = f"{origin or f'{parts.scheme}://{parts.netloc}'}{usual}"
    return wanted, wanted


def note_with(told: Told, what: str, missing: str, library: str) -> str:
    """The note under a snippet, with the callback URL that has to be registered first."""
    if not missing:
        return told.live(what)
    return (
        f"First add {missing} to the callback URLs of {told.name}: that is where {library} takes "
        f"sign-ins back. {told.live(what)}"
    )
