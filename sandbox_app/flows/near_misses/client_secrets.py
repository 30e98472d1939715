"""What a wrong client secret has to do with a right one; the answer names no secret.

Every candidate is compared in constant time and all of them are, so that the time it takes says
no more than that the secret was wrong.
"""

import hmac
from collections.abc import Iterable, Iterator

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.flows.near_misses.texts import damaged, is_placeholder, spoilt
from sandbox_app.operations.core import Core

_LEAST_PART = 8
"""Characters that a part of a secret must have to be called one."""

_MOST_TYPOS = 2


def is_right(client: UserPoolClient, sent: str) -> bool:
    """Whether this is one of the client's secrets; all are compared."""
    found = [_same(sent, secret) for secret in _secrets(client)]
    return any(found)


def why_wrong(client: UserPoolClient, sent: str, core: Core) -> str:
    """What is wrong with the secret that a client with a secret sent, in one clause."""
    if not sent:
        return "the client has a secret and none was sent"
    found = [*_about_own(client, sent), *_about_others(client, sent, core)]
    if found:
        return found[0]
    if is_placeholder(sent):
        return "a placeholder was sent: the setting that should hold the secret is empty"
    expected = len(next(_secrets(client)))
    size = "1 character" if len(sent) == 1 else f"{len(sent)} characters"
    return f"another secret was sent: {size}, the client's has {expected}"


def why_needless(client: UserPoolClient, sent: str, core: Core) -> str:
    """Whose secret it is that a client without one sent, in one clause."""
    others = _about_others(client, sent, core)
    if others:
        return others[0]
    name = client.client_name
    if is_placeholder(sent):
        return f"the client {name} has no secret, and a placeholder was sent in its place"
    return f"the client {name} has no secret, but one was sent"


def whose(sent: str, core: Core, *, but: str = "") -> str:
    """The name of a client whose secret this is; empty where it is nobody's.

    Args:
        but: the id of a client that is not asked.
    """
    names = [
        client.client_name
        for pool in core.store.pools.all()
        for client in core.store.clients.of_pool(pool.id)
        if is_right(client, sent) and client.client_id != but
    ]
    return names[0] if names else ""


def _about_own(client: UserPoolClient, sent: str) -> list[str]:
    return [
        words
        for secret in _secrets(client)
        for same, words in (*_spoilt(secret, sent), *_parts(secret, sent))
        if same
    ]


def _spoilt(secret: str, sent: str) -> Iterable[tuple[bool, str]]:
    for meant, how in spoilt(sent):
        yield _same(meant, secret) and meant != sent, f"the secret came {how}"
    for made, how in damaged(secret):
        yield _same(sent, made), f"the secret came {how}"


def _parts(secret: str, sent: str) -> Iterable[tuple[bool, str]]:
    size, whole = len(sent), len(secret)
    if _LEAST_PART <= size < whole:
        first = f"only the first {size} of the secret's {whole} characters were sent"
        last = f"only the last {size} of the secret's {whole} characters were sent"
        yield _same(sent, secret[:size]), first
        yield _same(sent, secret[-size:]), last
    if size > whole:
        more = f"the secret came with {size - whole} more characters behind it"
        yield _same(sent[:whole], secret), more
    if size == whole:
        typos = sum(one != other for one, other in zip(sent, secret, strict=True))
        words = "one character" if typos == 1 else f"{typos} characters"
        yield 0 < typos <= _MOST_TYPOS, f"the secret is right but for {words}"


def _about_others(client: UserPoolClient, sent: str, core: Core) -> list[str]:
    owner = whose(sent, core, but=client.client_id)
    found = []
    if owner:
        found.append(f"the secret is that of {owner}: id and secret belong to different clients")
    if sent == client.client_id:
        found.append("the client's id was sent in place of its secret")
    if sent in {one.client_secret_id for one in client.client_secrets}:
        found.append("the secret's id was sent in place of the secret")
    return found


def _secrets(client: UserPoolClient) -> Iterator[str]:
    return (secret.client_secret_value for secret in client.client_secrets)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(
        one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass")
    )
