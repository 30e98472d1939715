"""Which client fetched which keys when, which tokens it was given since, and what that means."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox_app.domain.memory.key_readers import Reader, Visit
from sandbox_app.domain.records.tokens import Caller
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.key_findings import Standing, judged

_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
"""Words that name a browser, before those that many browsers carry."""

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TokensGiven:
    """Tokens of one kind given after a fetch. Times in epoch seconds of the sandbox's clock.

    `known` tells whether their key was in the set that was fetched.
    """

    client_id: str
    client_name: str
    use: str
    kid: str
    first_at: float
    last_at: float
    count: int
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFetch:
    """Fetches in a row that brought the same keys, and the tokens given before the next one.

    `times` is 0 where tokens were given before any fetch was seen. `unusual` says how the answer
    was bent; `kids` is what it showed, nothing where it failed.
    """

    first_at: float
    last_at: float
    times: int
    kids: tuple[str, ...]
    unusual: str
    given: tuple[TokensGiven, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyReader:
    """One program or browser, told by address and User-Agent, with its fetches, newest first.

    `clients` are the names of the app clients whose tokens it was given; `name` is for a person.
    """

    pool_id: str
    peer: str
    agent: str
    name: str
    clients: tuple[str, ...]
    fetched: int
    fetches: tuple[KeyFetch, ...]
    standing: Standing
    finding: str


def key_timeline(core: Core, pool_id: str) -> tuple[KeyReader, ...]:
    """The pool's readers since the program started, the one that did something last first.

    A fetch of keys names no client: a reader is taken for the clients that get tokens from the
    same address with the same User-Agent, and has no client where none does.
    """
    readers = core.key_readers.of_pool(pool_id)
    return tuple(_reader(core, pool_id, caller, reader) for caller, reader in readers)


def _reader(core: Core, pool_id: str, caller: Caller, reader: Reader) -> KeyReader:
    client_ids = dict.fromkeys(kind[0] for visit in reader.visits for kind in visit.given)
    clients = tuple(_client_name(core, client_id) for client_id in client_ids)
    name = " and ".join(clients) or agent_words(caller.agent)
    standing, finding = judged(name, reader, core.key_readers.signed(pool_id), core.epoch())
    return KeyReader(
        pool_id=pool_id,
        peer=caller.peer,
        agent=caller.agent,
        name=name,
        clients=clients,
        fetched=reader.fetched,
        fetches=tuple(_fetch(core, visit) for visit in reversed(reader.visits)),
        standing=standing,
        finding=finding,
    )


def _fetch(core: Core, visit: Visit) -> KeyFetch:
    return KeyFetch(
        first_at=visit.first_at,
        last_at=visit.last_at,
        times=visit.times,
        kids=visit.kids,
        unusual=visit.unusual,
        given=tuple(
            TokensGiven(
                client_id=client_id,
                client_name=_client_name(core, client_id),
                use=use,
                kid=kid,
                first_at=given.first_at,
                last_at=given.last_at,
                count=given.count,
                known=kid in visit.kids,
            )
            for (client_id, use, kid), given in visit.given.items()
        ),
    )


def _client_name(core: Core, client_id: str) -> str:
    client = core.store.clients.get(client_id)
    return client.client_name if client is not None else client_id


def agent_words(agent: str) -> str:
    """What a User-Agent calls itself, in a word or two: `axios/1.7`, `Chrome 130`."""
    if not agent:
        return "a caller without a User-Agent"
    if agent.startswith("Mozilla/"):
        found = _first(re.search(rf"\b{name}\w*/(\d+)", agent) for name in _BROWSERS)
        return f"{found[0].partition('/')[0]} {found[1]}" if found else "a browser"
    return agent if len(agent) <= _LONGEST_NAME else f"{agent[:_LONGEST_NAME]}…"


def _first(found: Iterable[re.Match[str] | None]) -> re.Match[str] | None:
    return next((match for match in found if match is not None), None)
