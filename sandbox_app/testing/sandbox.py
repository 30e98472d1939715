"""A sandbox for one test, serving over real HTTP on ports of its own; gone with the block.

`with Sandbox() as sandbox` lives in a thread and is used from plain functions; `async with
Sandbox() as sandbox` lives on the caller's own loop, and what takes time is awaited.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sandbox_app.operations.core import Core
from sandbox_app.testing.deeds import (
    PATIENCE,
    AsyncKeys,
    AsyncSandbox,
    AsyncSnapshot,
    AsyncTokens,
)
from sandbox_app.testing.facts import Facts
from sandbox_app.testing.loop_thread import LoopThread
from sandbox_app.testing.opening import open_sandbox
from sandbox_app.testing.parts import KeySet
from sandbox_app.testing.prepared import Given, Seed
from sandbox_app.testing.signed_in import Tokens
from sandbox_app.workbench.demo import PASSWORD

__all__ = ["AsyncSandbox", "Sandbox"]


class Sandbox(Facts):
    """A sandbox of its own, in this process.

        with Sandbox(seed="team.yaml") as sandbox:
            sandbox.sign_in("dana", client="web")

    Args:
        seed: a template as a file or as its text, or several; the demo's without it.
        parameters: values for the templates' parameters.
        https: serve over TLS as well.
        password: of users who sign in where none is said; the demo's without it.

    Raises:
        FileNotFoundError: there is no such seed.
    """

    def __init__(
        self,
        seed: Given = None,
        parameters: Mapping[str, str] | None = None,
        *,
        https: bool = False,
        password: str = PASSWORD,
    ) -> None:
        self._seed = Seed.of(seed, parameters)
        self._https = https
        self._password = password
        self._thread: LoopThread | None = None
        self._inner: AsyncSandbox | None = None

    def __enter__(self) -> "Sandbox":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def __aenter__(self) -> AsyncSandbox:
        self._refuse_again()
        self._opened = opened = await open_sandbox(self._seed, https=self._https)
        self._inner = AsyncSandbox(opened, self._password)
        return self._inner

    async def __aexit__(self, *_: object) -> None:
        self._inner = None
        await self._opened.close()

    def open(self) -> None:
        """Serve, in a thread of its own; for suites that know no `with`.

        Raises:
            RuntimeError: it serves already.
            TemplateError: the seed cannot be imported.
        """
        self._refuse_again()
        thread = LoopThread()
        try:
            opened = thread.run(open_sandbox(self._seed, https=self._https))
        except BaseException:
            thread.close()
            raise
        self._thread = thread
        self._inner = AsyncSandbox(opened, self._password)
        self._begin(opened, thread.do)

    def close(self) -> None:
        """Stop serving and leave nothing behind; a second time does nothing."""
        thread, self._thread, self._inner = self._thread, None, None
        if thread is not None:
            try:
                thread.run(self._opened.close())
            finally:
                thread.close()

    @property
    def tokens(self) -> "_Tokens":
        """Tokens without a sign-in."""
        return _Tokens(self._there.tokens, self._run)

    @property
    def keys(self) -> "_Keys":
        """A pool's signing keys."""
        return _Keys(self._core, self._there.keys, self._run)

    def sign_in(
        self,
        username: str,
        *,
        client: str,
        password: str | None = None,
        scopes: Iterable[str] | None = None,
        redirect_uri: str | None = None,
        timeout: float = PATIENCE,
        **extra: str,
    ) -> Tokens:
        """Sign a user in over real HTTP; see `AsyncSandbox.sign_in`.

        Raises:
            SignInRefused: there were no tokens; its text says why.
        """
        return self._run.run(
            self._there.sign_in(
                username,
                client=client,
                password=password,
                scopes=scopes,
                redirect_uri=redirect_uri,
                timeout=timeout,
                **extra,
            )
        )

    def refresh(self, tokens: Tokens, *, timeout: float = PATIENCE) -> Tokens:
        """Trade a refresh token for fresh tokens.

        Raises:
            SignInRefused: it is not good any more; the text says why.
        """
        return self._run.run(self._there.refresh(tokens, timeout=timeout))

    def operations(self, name: str, /, **members: Any) -> dict[str, Any]:
        """Carry out an operation of the Cognito API; see `AsyncSandbox.operations`.

        Raises:
            ApiError: what the API says to such a request.
        """
        return self._run.run(self._there.operations(name, **members))

    def seed(self, template: str | Path, parameters: Mapping[str, str] | None = None) -> None:
        """Import a template, from a file or as its text, all of it or nothing.

        Raises:
            TemplateError: `file:line: resource.property: reason`.
        """
        self._run.run(self._there.seed(template, parameters))

    def snapshot(self) -> "_Snapshot":
        """Save everything as it is now; as a context manager it is restored at the end."""
        return _Snapshot(self._run.run(self._there.snapshot()), self._run)

    def reset(self) -> None:
        """Make everything as it was in the beginning."""
        self._run.run(self._there.reset())

    def _refuse_again(self) -> None:
        if self._inner is not None:
            raise RuntimeError("this sandbox serves already")

    @property
    def _run(self) -> LoopThread:
        if self._thread is None:
            raise RuntimeError("the sandbox is not open: use it in a `with` block")
        return self._thread

    @property
    def _there(self) -> AsyncSandbox:
        """The same sandbox as its own thread sees it."""
        if self._inner is None:
            raise RuntimeError("the sandbox is not open: use it in a `with` block")
        return self._inner


class _Tokens:
    """Tokens without a sign-in, for plain functions."""

    def __init__(self, there: AsyncTokens, thread: LoopThread) -> None:
        self._there = there
        self._thread = thread

    def mint(
        self,
        user: str | None = None,
        *,
        client: str,
        scopes: Iterable[str] | None = None,
        nonce: str | None = None,
    ) -> Tokens:
        """Real tokens for a user, whatever their status; of a machine, its access token.

        Raises:
            NotNamed: no such client or user.
            ValueError: no user for a client that signs users in.
        """
        return self._thread.run(self._there.mint(user, client=client, scopes=scopes, nonce=nonce))


class _Keys(KeySet):
    """A pool's signing keys, for plain functions."""

    def __init__(self, core: Core, there: AsyncKeys, thread: LoopThread) -> None:
        super().__init__(core, thread.do)
        self._there = there
        self._thread = thread

    def rotate(self, pool: str | None = None, *, overlap: bool = True) -> None:
        """Let other keys sign; without `overlap` the former ones are retired at once."""
        self._thread.run(self._there.rotate(pool, overlap=overlap))

    def publish_next(self, pool: str | None = None) -> None:
        """Publish the keys that will sign after the next rotation."""
        self._thread.run(self._there.publish_next(pool))

    def publish_only_next(self, pool: str | None = None) -> None:
        """Show them alone, while the others still sign."""
        self._thread.run(self._there.publish_only_next(pool))


class _Snapshot:
    """A saved state, for plain functions."""

    def __init__(self, there: AsyncSnapshot, thread: LoopThread) -> None:
        self._there = there
        self._thread = thread

    def restore(self) -> None:
        """Make everything as it was when this was saved, the clock and the faults included."""
        self._thread.run(self._there.restore())

    def __enter__(self) -> "_Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.restore()
