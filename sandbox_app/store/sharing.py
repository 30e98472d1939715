"""Who reads the workspace's file in a connection of their own, and when it may be exchanged."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Sharing:
    """Counts the readers of a file, in whatever threads they are."""

    def __init__(self) -> None:
        self._readers = 0
        self._exchanging = False
        self._changed = threading.Condition()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The file stays the same one inside; waits while it is being exchanged."""
        with self._changed:
            self._changed.wait_for(lambda: not self._exchanging)
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextmanager
    def exchanging(self) -> Iterator[bool]:
        """Whether the file may be exchanged inside: nobody reads it, and nobody begins to."""
        with self._changed:
            free = self._readers == 0 and not self._exchanging
            self._exchanging = self._exchanging or free
        try:
            yield free
        finally:
            if free:
                with self._changed:
                    self._exchanging = False
                    self._changed.notify_all()

    def wait_until_free(self) -> None:
        """Wait, in a thread, until nobody reads."""
        with self._changed:
            self._changed.wait_for(lambda: self._readers == 0)
