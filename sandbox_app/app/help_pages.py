"""What Help offers: pages of ours, and what is only known while the program runs."""

import platform
from collections.abc import Callable
from pathlib import Path

import PySide6

from sandbox_app import __version__
from sandbox_app.app.platform import data_folder
from sandbox_app.domain.resources import resource_path
from sandbox_app.gui.window import HelpPage
from sandbox_app.server.edge.trust import instructions


def help_pages(
    ca_certificate: Callable[[], Path], log_file: Path, token_file: Path
) -> tuple[HelpPage, ...]:
    """The pages in the order of the menu.

    Args:
        ca_certificate: the file of this installation's certificate authority.
        log_file: where failures are written.
        token_file: where the token of the control interface lies while the program serves.
    """
    return (
        HelpPage("differences", "How it differs", _page("differences")),
        HelpPage("keys", "Keys", _page("keys")),
        HelpPage("testing", "Testing", _page("testing")),
        HelpPage("trust", "Trusting HTTPS", lambda: instructions(ca_certificate()), plain=True),
        HelpPage("changelog", "What is new", _page("changelog")),
        HelpPage("decisions", "Decisions", _page("decisions")),
        HelpPage("about", "About", lambda: _about(log_file, token_file)),
    )


def _page(name: str) -> Callable[[], str]:
    return lambda: resource_path(f"help/{name}.md").read_text(encoding="utf-8")


def _about(log_file: Path, token_file: Path) -> str:
    return f"""\
# Userpool Sandbox {__version__}

A desktop stand-in for an Amazon Cognito user pool that explains itself. MIT licence.
It is not made, endorsed or supported by Amazon; Cognito is a trademark of Amazon.com, Inc.

* Python {platform.python_version()}, Qt {PySide6.__version__}, {platform.platform()}
* Workspaces and certificates of this user: `{data_folder()}`
* Log of failures: `{log_file}`
* Token for scripts, while it serves: `{token_file}`

The fonts Inter and JetBrains Mono come under the SIL Open Font License.
"""
