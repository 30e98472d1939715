"""`/_sandbox/operations/`: everything that can be done to a pool, in the API's own shapes."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from sandbox_app.operations import catalogue
from sandbox_app.operations.core import Core
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import anything, listed, record, text


async def list_operations(asked: Asked) -> Any:
    """The names."""
    return {"operations": list(await _known(asked.core))}


async def call_operation(asked: Asked) -> Any:
    """Carry one out."""
    name = asked.named["operation"]
    known = await _known(asked.core)
    if name not in known:
        close = get_close_matches(name, known, 1)
        guess = f" Did you mean {close[0]}?" if close else ""
        raise Mistake("not_found", f"There is no operation {name[:80]} here.{guess}", status=404)
    return await catalogue.call(asked.core, name, asked.body)


async def _known(core: Core) -> Mapping[str, Any]:
    # The API's model takes a quarter of a second to load, once, which the loop need not wait for.
    return await core.aside(catalogue.operations)


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/operations",
        summary="The operations of the Cognito API that can be called here.",
        handler=list_operations,
        calls=(catalogue.operations,),
        gives=record({"operations": listed(text())}),
    ),
    Route(
        method="POST",
        path="/_sandbox/operations/{operation}",
        summary="Carry out an operation of the Cognito API, in the API's own shapes.",
        handler=call_operation,
        calls=(catalogue.call,),
        named={"operation": text("Its name in the API, such as AdminCreateUser.")},
        takes=anything("The request in the API's shape."),
        gives=anything("The answer in the API's shape."),
    ),
)
