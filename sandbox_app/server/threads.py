"""The outside ends of the ports that wait: slow arithmetic in threads, away from the loop."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

from sandbox_app.domain.records.users import PasswordSecret
from sandbox_app.factors import passwords, srp

ResultT = TypeVar("ResultT")


class Threads:
    """A small pool of threads for what releases the GIL: hashing, making keys, files."""

    def __init__(self, workers: int = 2, name: str = "arithmetic") -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix=name)

    def __call__(self, work: Callable[[], ResultT]) -> Awaitable[ResultT]:
        """Run `work` in a thread; awaits to its result."""
        return asyncio.get_running_loop().run_in_executor(self._executor, work)

    def close(self) -> None:
        """Let running work end and take no more."""
        self._executor.shutdown()


class TurnsOnLoop:
    """The `Turns` of one event loop; nothing is kept of a name that nobody is at."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def __call__(self, name: str) -> asyncio.Lock:
        """A lock for everybody who names it so."""
        return self._locks.setdefault(name, asyncio.Lock())


class ThreadedPasswords:
    """Argon2id and SRP in a thread."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    async def make(self, pool_id: str, username: str, password: str) -> PasswordSecret:
        """Hash a password and derive its SRP salt and verifier."""
        return await self._threads(lambda: make_secret(pool_id, username, password))

    async def matches(self, secret: PasswordSecret | None, password: str) -> bool:
        """Whether the password is right; without a secret the same work is done for nothing."""
        return await self._threads(lambda: _matches(secret, password))


def make_secret(pool_id: str, username: str, password: str) -> PasswordSecret:
    """Both things that are kept of a password (about 10 ms)."""
    verifier = srp.make_verifier(pool_id, username, password)
    return PasswordSecret(
        argon2id=passwords.hash_password(password),
        srp_salt=verifier.salt,
        srp_verifier=verifier.verifier,
    )


def _matches(secret: PasswordSecret | None, password: str) -> bool:
    if secret is None:
        passwords.spend_like_verify(password)
        return False
    return passwords.verify_password(secret.argon2id, password)
