"""Which client an unknown id may have meant."""

from collections.abc import Iterator

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.causes.case import Case
from sandbox_app.workbench.live.causes.explanation import Cause, Found, Place
from sandbox_app.workbench.live.causes.similar import closest

_LONGEST_ID = 40
_PLACEHOLDERS = ("undefined", "null", "none", "your_client_id", "your-client-id", "client_id")


def unknown_client(case: Case) -> Found:
    """AZ-2, TK-4: no client has the id that was sent."""
    sent = case.check.got
    meant, causes = _meant(sent, case.core)
    place = None if meant is None else Place(meant.user_pool_id, "clients", meant.client_id)
    settled = f"{meant.client_name} has this id now." if meant and meant.client_id == sent else ""
    return Found(tuple(causes), place=place, settled=settled)


def _meant(sent: str, core: Core) -> tuple[UserPoolClient | None, list[Cause]]:
    clients = list(_all(core))
    known = {client.client_id: client for client in clients}
    if sent in known:
        return known[sent], [_of_another_pool(known[sent], core)]
    if (plain := sent.strip().strip("\"'").lower()) in known:
        advice = f"The id is that of {known[plain].client_name}."
        return known[plain], [Cause("The id came in upper case, or with blanks around it.", advice)]
    named = next((client for client in clients if client.client_name == sent), None)
    if named is not None:
        advice = f"The id of {sent} is {named.client_id}."
        return named, [Cause("The client's name was sent in place of its id.", advice)]
    if core.store.pools.get(sent) is not None:
        return None, [Cause("This is the id of the pool.", "An app client has an id of its own.")]
    if plain in _PLACEHOLDERS or plain.startswith(("${", "<", "process.env", "import.meta")):
        return None, [
            Cause(
                "A placeholder was sent.",
                "The setting that should hold the client id is empty where the app runs.",
            )
        ]
    near = closest(sent, known)
    if near:
        words = f"It is nearly the id of {known[near].client_name}, {near}."
        return known[near], [Cause(words, "Copy the id once more.")]
    return None, [_nothing_like_it(sent)]


def _nothing_like_it(sent: str) -> Cause:
    if len(sent) > _LONGEST_ID or sent.startswith("of "):
        return Cause("This is longer than any client id; it may be a secret.", "Swap the two.")
    return Cause(
        "No client here has an id like it.",
        "It may be one of the real service, or of a client that was deleted: take the id from "
        "Pools, or give a new client this very id.",
    )


def _of_another_pool(client: UserPoolClient, core: Core) -> Cause:
    pool = core.store.pools.get(client.user_pool_id)
    name = pool.name if pool is not None else client.user_pool_id
    return Cause(
        f"{client.client_name} belongs to the pool {name}, and the address is another pool's own.",
        "Use localhost, or that pool's domain.",
    )


def _all(core: Core) -> Iterator[UserPoolClient]:
    for pool in core.store.pools.all():
        yield from core.store.clients.of_pool(pool.id)
