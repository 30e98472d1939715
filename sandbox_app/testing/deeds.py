"""What takes time: sign-ins over HTTP, tokens, operations, templates, snapshots, keys."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sandbox_app.operations import catalogue
from sandbox_app.operations.core import Core
from sandbox_app.operations.shapes import input_members
from sandbox_app.testing.browserless import Visit, Wish
from sandbox_app.testing.facts import Facts
from sandbox_app.testing.opening import Opened
from sandbox_app.testing.parts import KeySet
from sandbox_app.testing.prepared import template_of
from sandbox_app.testing.signed_in import Client, Tokens
from sandbox_app.tokens.identifiers import new_uuid
from sandbox_app.workbench import snapshots
from sandbox_app.workbench.conditions import keys as key_verbs
from sandbox_app.workbench.named import client_named, pool_named, user_named
from sandbox_app.workbench.templates.importing import import_templates
from sandbox_app.workbench.token_minting import mint_tokens
from sandbox_app.workbench.token_preview import is_machine

PATIENCE = 30.0
"""Seconds that a sign-in may take where nothing else is said."""


class AsyncTokens:
    """Tokens without a sign-in."""

    def __init__(self, core: Core, origin: str) -> None:
        self._core = core
        self._origin = origin

    async def mint(
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
        found = client_named(self._core, client)
        pool = pool_named(self._core, found.user_pool_id)
        who = None if user is None or is_machine(found) else user_named(self._core, pool, user)
        made = await mint_tokens(
            self._core, pool, found, who, scopes, origin=self._origin, nonce=nonce
        )
        return Tokens.of(made.tokens.as_body(), Client.of(found))


class AsyncKeys(KeySet):
    """A pool's signing keys; `pool` is needed among several."""

    async def rotate(self, pool: str | None = None, *, overlap: bool = True) -> None:
        """Let other keys sign; without `overlap` the former ones are retired at once."""
        await key_verbs.rotate(self._core, self._pool(pool), overlap=overlap)

    async def publish_next(self, pool: str | None = None) -> None:
        """Publish the keys that will sign after the next rotation."""
        await key_verbs.publish_next(self._core, self._pool(pool))

    async def publish_only_next(self, pool: str | None = None) -> None:
        """Show them alone, while the others still sign."""
        await key_verbs.publish_only_next(self._core, self._pool(pool))


class AsyncSnapshot:
    """A saved state; as a context manager it is restored when the block ends."""

    def __init__(self, core: Core, snapshot_id: str) -> None:
        self._core = core
        self._id = snapshot_id

    async def restore(self) -> None:
        """Make everything as it was when this was saved, the clock and the faults included."""
        await snapshots.restore(self._core, self._id, keep=False)

    async def __aenter__(self) -> "AsyncSnapshot":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.restore()


class AsyncSandbox(Facts):
    """A sandbox on the caller's own loop; what takes time is awaited."""

    def __init__(self, opened: Opened, password: str) -> None:
        self._begin(opened, lambda work: work())
        self._password = password

    @property
    def tokens(self) -> AsyncTokens:
        """Tokens without a sign-in."""
        return AsyncTokens(self._core, self.http)

    @property
    def keys(self) -> AsyncKeys:
        """A pool's signing keys."""
        return AsyncKeys(self._core, self._do)

    async def sign_in(
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
        """Sign a user in over real HTTP: authorize, sign-in page, code, tokens.

        Args:
            password: the sandbox's usual one without it.
            scopes: those asked for; all of the client's without it.
            redirect_uri: the client's first without it.
            extra: further parameters of the authorize request, such as `nonce`.

        Raises:
            SignInRefused: there were no tokens; its text says why.
            NotNamed: no such client.
        """
        wish = Wish(
            username=username,
            password=self._password if password is None else password,
            client=Client.of(client_named(self._core, client)),
            scopes=scopes,
            redirect_uri=redirect_uri,
            extra=extra,
        )
        return await Visit(self._core, self.http, timeout).sign_in(wish)

    async def refresh(self, tokens: Tokens, *, timeout: float = PATIENCE) -> Tokens:
        """Trade a refresh token for fresh tokens.

        Raises:
            SignInRefused: it is not good any more; the text says why.
        """
        return await Visit(self._core, self.http, timeout).refresh(tokens)

    async def operations(self, name: str, /, **members: Any) -> dict[str, Any]:
        """Carry out an operation of the Cognito API: `operations("AdminGetUser", Username="a")`.

        `UserPoolId` may be left out where there is only one pool.

        Raises:
            ApiError: what the API says to such a request; its class is the API's own name.
            LookupError: there is no such operation here.
        """
        known = catalogue.operations()
        if name in known and "UserPoolId" in input_members(name):
            members.setdefault("UserPoolId", pool_named(self._core).id)
        answer: dict[str, Any] = await catalogue.call(self._core, name, members)
        return answer

    async def seed(self, template: str | Path, parameters: Mapping[str, str] | None = None) -> None:
        """Import a template, from a file or as its text, all of it or nothing.

        Raises:
            TemplateError: `file:line: resource.property: reason`.
        """
        await import_templates([template_of(template)], parameters or {}, self._core)

    async def snapshot(self) -> AsyncSnapshot:
        """Save everything as it is now: pools, users, tokens, keys and conditions."""
        saved = await snapshots.save(self._core, f"test {new_uuid()[:8]}")
        return AsyncSnapshot(self._core, saved.id)

    async def reset(self) -> None:
        """Make everything as it was in the beginning."""
        await snapshots.reset_to_seed(self._core, keep=False)
