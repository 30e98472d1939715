"""What Live may ask of the workspace behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sandbox_app.gui.live.file_reading import FileReading
from sandbox_app.gui.live.paging import Spawn
from sandbox_app.gui.live.sending import Sending
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.causes import Why, only_compare
from sandbox_app.workbench.live.exporting.sending import SecretOf
from sandbox_app.workbench.live.keeping import Keeping
from sandbox_app.workbench.live.marks import KeptMarks
from sandbox_app.workbench.live.older import OlderTraffic


def no_secrets(_client_id: str) -> str:
    """Where no configuration is at hand."""
    return ""


@dataclass(frozen=True, slots=True)
class Powers:
    """Each may be missing; what needs it is not offered then.

    Attributes:
        why: explains refusals, by the workspace as it is now.
        secret_of: the configured secret of a client, for requests copied with secrets.
        beside: the folder where saving begins; the person's own without one.
        marks: where marks and notes are kept; `None` keeps them for as long as the place lives.
        older: makes what finds traffic before the book's; without, the list ends with the book.
        keeping: reads and sets how much traffic is kept.
        sending: sends requests again.
        reading: reads archives to compare with.
        spawn: runs what is waited for.
    """

    why: Why = only_compare
    secret_of: SecretOf = no_secrets
    beside: Path | None = None
    marks: KeptMarks | None = None
    older: Callable[[TrafficBook], OlderTraffic] | None = None
    keeping: Keeping | None = None
    sending: Sending | None = None
    reading: FileReading | None = None
    spawn: Spawn | None = None
