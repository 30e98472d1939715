"""Why a URL is not the registered one, and what usually makes it so."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from sandbox_app.workbench.live.causes.explanation import Cause

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
_DEFAULT = {"http": 80, "https": 443}
_PARTS = ("scheme", "netloc", "path", "query", "fragment")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A URL as it was sent and as it is registered, both whole and taken apart."""

    sent: str
    registered: str
    ours: SplitResult
    theirs: SplitResult

    @property
    def hosts(self) -> tuple[str, str]:
        return self.ours.hostname or "", self.theirs.hostname or ""

    def same_but(self, *parts: str) -> bool:
        """Whether everything else is equal."""
        others = [part for part in _PARTS if part not in parts]
        return all(getattr(self.ours, part) == getattr(self.theirs, part) for part in others)


def cause_of(sent: str, registered: str) -> Cause | None:
    """What one URL has to do with another, if it is nearly the same."""
    try:
        ours, theirs = urlsplit(sent.strip()), urlsplit(registered)
        _ = (ours.port, theirs.port)
    except ValueError:
        return None
    pair = _Pair(sent, registered, ours, theirs)
    return next((found for look in _LOOKS if (found := look(pair)) is not None), None)


def literal_wildcards(registered: Iterable[str]) -> Cause | None:
    """Whether somebody registered a pattern, which is no more than a text here."""
    if not any("*" in url for url in registered):
        return None
    return Cause(
        "A registered URL holds a *, which stands for itself.",
        "Register every URL in full; there are no wildcards.",
    )


def _blanks(pair: _Pair) -> Cause | None:
    if pair.sent.strip(" \t\"'") != pair.registered:
        return None
    return Cause(
        "The app's settings hold blanks or quotation marks around the value.",
        "Look at how it reads them.",
    )


def _encoding(pair: _Pair) -> Cause | None:
    if unquote(pair.sent) == pair.registered and "://" not in pair.sent:
        return Cause(
            "Something percent-encoded the URL once too often.",
            "Hand it over plain: whatever builds the query encodes it once.",
        )
    if unquote(pair.sent) == unquote(pair.registered):
        return Cause(
            "The app encodes characters that are registered plain, or the other way round.",
            "Register the URL the way the app writes it.",
        )
    return None


def _own_scheme(pair: _Pair) -> Cause | None:
    if pair.ours.scheme in _DEFAULT or pair.ours.scheme != pair.theirs.scheme:
        return None
    if _without_slashes(pair.sent) != _without_slashes(pair.registered):
        return None
    return Cause("The number of slashes after the scheme counts.", "Write both alike.")


def _slash(pair: _Pair) -> Cause | None:
    alike = pair.ours.path.rstrip("/") == pair.theirs.path.rstrip("/")
    if not alike or not pair.same_but("path"):
        return None
    return Cause("Many frameworks add or drop a trailing slash on their own.")


def _case(pair: _Pair) -> Cause | None:
    if pair.sent.lower() != pair.registered.lower():
        return None
    return Cause("Upper and lower case count, in the host as well as in the path.")


def _local_names(pair: _Pair) -> Cause | None:
    ours, theirs = pair.hosts
    local = all(name in _LOCAL or name.endswith(".localhost") for name in pair.hosts)
    if ours == theirs or not local or not pair.same_but("netloc"):
        return None
    return Cause(
        f"{ours} and {theirs} are two hosts, to the pool and to the browser's cookies.",
        "Open the app under the name that is registered, or register both.",
    )


def _default_port(pair: _Pair) -> Cause | None:
    ports = {pair.ours.port, pair.theirs.port}
    if pair.hosts[0] != pair.hosts[1] or ports != {_DEFAULT.get(pair.ours.scheme), None}:
        return None
    return Cause("The default port is written out on one side.", "Leave :80 and :443 away.")


def _scheme(pair: _Pair) -> Cause | None:
    schemes = {pair.ours.scheme, pair.theirs.scheme}
    alike = pair.same_but("scheme", "netloc") and pair.hosts[0] == pair.hosts[1]
    if schemes != {"http", "https"} or not alike:
        return None
    if pair.ours.scheme == "https":
        return Cause(
            "The app asks for https, and http is registered.", "Register the https address as well."
        )
    return Cause(
        "The app believes to be called by http.",
        "Behind a proxy that ends TLS it has to trust X-Forwarded-Proto, or be told its public "
        "address.",
    )


def _port(pair: _Pair) -> Cause | None:
    same_host = pair.hosts[0] == pair.hosts[1] and pair.same_but("netloc")
    if not same_host or pair.ours.port == pair.theirs.port:
        return None
    return Cause(
        "A development server takes the next free port when its own is taken.",
        "Stop what holds the port, or register both.",
    )


def _www(pair: _Pair) -> Cause | None:
    ours, theirs = pair.hosts
    if ours == theirs or ours.removeprefix("www.") != theirs.removeprefix("www."):
        return None
    return Cause("www. makes another host.", "Register both, or send visitors to one of them.")


def _query(pair: _Pair) -> Cause | None:
    if pair.ours.query != pair.theirs.query and pair.same_but("query"):
        return Cause(
            "The query is part of the URL and has to be registered with it.",
            "What changes from visit to visit belongs into state.",
        )
    if pair.ours.fragment:
        return Cause(
            "A fragment is no part of a callback URL.", "Use a path for the app's own route."
        )
    return None


def _path(pair: _Pair) -> Cause | None:
    if pair.ours.path == pair.theirs.path or not pair.same_but("path"):
        return None
    return Cause(
        "A base path, a locale or a router decides where the app answers.",
        "Register the address that it really uses.",
    )


_LOOKS: tuple[Callable[[_Pair], Cause | None], ...] = (
    _blanks,
    _encoding,
    _own_scheme,
    _slash,
    _case,
    _local_names,
    _default_port,
    _scheme,
    _port,
    _www,
    _query,
    _path,
)


def _without_slashes(url: str) -> str:
    return re.sub(r":/+", ":", url)
