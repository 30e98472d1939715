"""The way to explanations for the window, which stands before the analyses are imported."""

from collections.abc import Callable, Iterable
from importlib import import_module

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.causes.explanation import Explanation
from sandbox_app.workbench.live.libraries import Library

Why = Callable[[Exchange, ExchangeDetail, Iterable[Exchange], Library | None], Explanation | None]
"""Explains an exchange, given the requests of its login and what that login is made with."""

_ANALYSES = "sandbox_app.workbench.live.causes.explain"


def explain_with(core: Core) -> Why:
    """An explainer that knows a workspace."""

    def why(
        exchange: Exchange,
        detail: ExchangeDetail,
        login: Iterable[Exchange],
        library: Library | None,
    ) -> Explanation | None:
        # Only now: the fixes bring the operations with them, and those the API's model.
        from sandbox_app.workbench.live.causes.explain import explain

        return explain(exchange, detail, core, login=login, library=library)

    return why


async def prepare(core: Core) -> None:
    """Import the analyses beside the loop, so that the first refusal is explained at once."""
    await core.aside(lambda: import_module(_ANALYSES))
