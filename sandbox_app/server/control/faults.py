"""`/_sandbox/faults`: what the sandbox does wrong on purpose, as sentences."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sandbox_app.server.control.finding import blamed
from sandbox_app.server.control.route import Asked, Mistake, Route
from sandbox_app.server.control.schema import flag, listed, record, text, whole
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.faults.editing import Listed

_FAULT = record(
    {
        "id": text(),
        "sentence": text("What is done wrong, when and to whom."),
        "name": text("Empty where its sentence says enough."),
        "enabled": flag(),
        "seen": whole("How often it was asked."),
        "hits": whole("How often it was committed."),
    }
)
_FAULTS = record({"faults": listed(_FAULT, "In the order in which they are asked.")})
_SENTENCE = text("Such as: POST /oauth2/token → 503 every 3rd")
_NAMED = {"fault": text("Its id.")}


async def list_faults(asked: Asked) -> Any:
    """All of them."""
    return {"faults": [_told(each) for each in editing.listed(asked.core)]}


async def add(asked: Asked) -> Any:
    """One more."""
    body = asked.body
    with blamed("sentence"):
        return _told(
            editing.add(
                asked.core,
                body["sentence"],
                name=body.get("name", ""),
                enabled=body.get("enabled", True),
            )
        )


async def change(asked: Asked) -> Any:
    """One of them."""
    with _known(asked), blamed("sentence" if "sentence" in asked.body else "name"):
        return _told(editing.change(asked.core, asked.named["fault"], **asked.body))


async def remove(asked: Asked) -> Any:
    """One less."""
    with _known(asked):
        editing.remove(asked.core, asked.named["fault"])
    return await list_faults(asked)


async def clear(asked: Asked) -> Any:
    """None any more."""
    editing.clear(asked.core)
    return await list_faults(asked)


async def switch_all(asked: Asked) -> Any:
    """All on, or all off."""
    editing.switch_all(asked.core, asked.body["enabled"])
    return await list_faults(asked)


async def reset_counters(asked: Asked) -> Any:
    """Every sequence begins anew."""
    editing.reset_counters(asked.core)
    return await list_faults(asked)


def _told(fault: Listed) -> dict[str, Any]:
    return {
        "id": fault.fault.id,
        "sentence": fault.sentence,
        "name": fault.fault.name,
        "enabled": fault.fault.enabled,
        "seen": fault.seen,
        "hits": fault.hits,
    }


@contextmanager
def _known(asked: Asked) -> Iterator[None]:
    try:
        yield
    except KeyError:
        message = f"There is no fault {asked.named['fault'][:60]}."
        raise Mistake("not_found", message, status=404) from None


ROUTES = (
    Route(
        method="GET",
        path="/_sandbox/faults",
        summary="Every fault with its counters, those switched off too.",
        handler=list_faults,
        calls=(editing.listed,),
        gives=_FAULTS,
    ),
    Route(
        method="POST",
        path="/_sandbox/faults",
        summary="Put a fault at the end of the list.",
        handler=add,
        calls=(editing.add,),
        takes=record({"sentence": _SENTENCE}, {"name": text(), "enabled": flag()}),
        gives=_FAULT,
    ),
    Route(
        method="DELETE",
        path="/_sandbox/faults",
        summary="Take all faults off the list.",
        handler=clear,
        calls=(editing.clear,),
        gives=_FAULTS,
    ),
    Route(
        method="PATCH",
        path="/_sandbox/faults/{fault}",
        summary="Change a fault's sentence, name or switch.",
        handler=change,
        calls=(editing.change,),
        named=_NAMED,
        takes=record(optional={"sentence": _SENTENCE, "name": text(), "enabled": flag()}),
        gives=_FAULT,
    ),
    Route(
        method="DELETE",
        path="/_sandbox/faults/{fault}",
        summary="Take a fault off the list.",
        handler=remove,
        calls=(editing.remove,),
        named=_NAMED,
        gives=_FAULTS,
    ),
    Route(
        method="POST",
        path="/_sandbox/faults/switch",
        summary="Switch all faults on or off; the list stays.",
        handler=switch_all,
        calls=(editing.switch_all,),
        takes=record({"enabled": flag()}),
        gives=_FAULTS,
    ),
    Route(
        method="POST",
        path="/_sandbox/faults/reset-counters",
        summary="Count from the beginning; every sequence of chance begins anew.",
        handler=reset_counters,
        calls=(editing.reset_counters,),
        takes=record(),
        gives=_FAULTS,
    ),
)
