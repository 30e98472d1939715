"""A loop in a thread of its own, for tests that are not coroutines themselves."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")


class LoopThread:
    """Runs things on its loop while the caller waits."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """The coroutine's result; its exceptions come through."""
        if threading.current_thread() is self._thread:
            work.close()
            raise RuntimeError("the sandbox's own thread cannot wait for itself")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def do(self, work: Callable[[], ResultT]) -> ResultT:
        """The function's result; its exceptions come through."""

        async def done() -> ResultT:
            return work()

        return self.run(done())

    def close(self) -> None:
        """End the loop and the thread."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
        finally:
            self._loop.close()
