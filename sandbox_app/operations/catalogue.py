"""Every operation that exists here, by its name in the API."""

from collections.abc import Callable, Mapping
from functools import cache
from inspect import isawaitable, isfunction
from types import MappingProxyType, ModuleType
from typing import Any

from sandbox_app.operations import (
    domains,
    forgotten_passwords,
    groups,
    resource_servers,
    sign_ups,
    user_pool_clients,
    user_pools,
    user_status,
    users,
)
from sandbox_app.operations.core import Core

_MODULES = (
    user_pools,
    user_pool_clients,
    domains,
    resource_servers,
    groups,
    users,
    user_status,
    sign_ups,
    forgotten_passwords,
)

Operation = Callable[[Core, Mapping[str, Any]], Any]
"""Takes the request in the API's shape; its answer has to be awaited where it is awaitable."""


@cache
def operations() -> Mapping[str, Operation]:
    """The operations by name, in the order of their modules."""
    return MappingProxyType(
        {
            made.operation: made
            for module in _MODULES
            for made in vars(module).values()
            if isfunction(made) and hasattr(made, "operation") and _is_own(made, module)
        }
    )


def _is_own(made: Callable[..., Any], module: ModuleType) -> bool:
    return made.__module__ == module.__name__


async def call(core: Core, name: str, request: Mapping[str, Any]) -> Any:
    """Carry out the operation of that name.

    Raises:
        LookupError: there is none.
        ApiError: what the API says to such a request.
    """
    operation = operations().get(name)
    if operation is None:
        raise LookupError(f"there is no operation {name[:80]} here")
    answer = operation(core, request)
    return await answer if isawaitable(answer) else answer
