"""A script on this machine that talks to the control interface over real HTTP."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.server.control.control import _matched
from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.schema import first_fault
from sandbox_app.server.control.table import routes


@dataclass(slots=True)
class Said:
    """An answer read to its end."""

    status: int
    headers: Any
    body: Any

    @property
    def error(self) -> str:
        return str(self.body["error"])

    @property
    def message(self) -> str:
        return str(self.body["message"])

    @property
    def field(self) -> str | None:
        return self.body.get("field")


@dataclass(slots=True)
class Script:
    """Sends requests with the control token unless told otherwise."""

    sandbox: Sandbox
    session: ClientSession

    async def ask(self, method: str, path: str, body: Any = None, /, **options: Any) -> Said:
        headers = {"Authorization": f"Bearer {self.sandbox.control_token}"}
        headers |= options.pop("headers", {})
        headers = {name: value for name, value in headers.items() if value is not None}
        if body is not None:
            options["json"] = body
        url = f"{self.sandbox.http}/_sandbox{path}"
        async with self.session.request(method, url, headers=headers, **options) as answer:
            assert answer.content_type == "application/json", await answer.text()
            said = Said(answer.status, answer.headers, json.loads(await answer.text()))
        if said.status == 200:
            self._hold_to_the_document(method, path.partition("?")[0], said.body)
        else:
            assert said.body.keys() - {"field", "__type"} == {"error", "message"}
        return said

    def _hold_to_the_document(self, method: str, path: str, body: Any) -> None:
        """Every good answer is what the OpenAPI document promises."""
        parts = f"/_sandbox{path}".split("/")
        route = next(
            route
            for route in routes(EventStream(self.sandbox.core))
            if route.method == method and _matched(tuple(route.path.split("/")), parts) is not None
        )
        assert first_fault(route.gives, body) is None, (route.name, body)

    async def get(self, path: str, **query: Any) -> Any:
        """The body of a good answer."""
        said = await self.ask("GET", path, params=query)
        assert said.status == 200, said.body
        return said.body

    async def post(self, path: str, body: Any = None, /, **members: Any) -> Any:
        """The same for what changes something."""
        said = await self.ask("POST", path, body if body is not None else members)
        assert said.status == 200, said.body
        return said.body


@pytest.fixture
async def script(sandbox: Sandbox) -> AsyncIterator[Script]:
    """A script that was given the token."""
    async with ClientSession() as session:
        yield Script(sandbox, session)
