"""The event bus: typed subscription, synchronous publication, faults kept from the protocol."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

log = logging.getLogger(__name__)

EventT = TypeVar("EventT")
Listener = Callable[[Any], None]


class EventBus:
    """Tells listeners what happened, in the order they subscribed.

    A failing listener is logged and never felt by the publisher. Inside `held()` events wait
    and are told when the block ends well; they are dropped when it does not, so that nobody
    hears of a change that was rolled back.
    """

    def __init__(self) -> None:
        self._listeners: dict[type[Any], list[Listener]] = {}
        self._waiting: list[object] | None = None

    def subscribe(
        self, kind: type[EventT], listener: Callable[[EventT], None]
    ) -> Callable[[], None]:
        """Call `listener` with each event of class `kind` or below; returns the way to stop."""
        listeners = self._listeners.setdefault(kind, [])
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    def publish(self, event: object) -> None:
        """Tell every listener of the event's class and of its base classes."""
        if self._waiting is not None:
            self._waiting.append(event)
            return
        for kind in type(event).__mro__:
            for listener in tuple(self._listeners.get(kind, ())):
                try:
                    listener(event)
                except Exception:
                    log.exception("a listener failed on %s", type(event).__name__)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep events back until the block ends; nested blocks wait for the outermost."""
        if self._waiting is not None:
            yield
            return
        self._waiting = []
        try:
            yield
        except BaseException:
            self._waiting = None
            raise
        waiting, self._waiting = self._waiting, None
        for event in waiting:
            self.publish(event)
