"""Why a URL is not the one that is known, and what usually makes it so."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from sandbox_app.workbench.live.causes.explanation import Cause
from sandbox_app.workbench.live.causes.similar import closest

_LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")
_DEFAULT = {"http": 80, "https": 443}
_NEXT_PORTS = 9
"""How many ports further on a development server may end up when others are taken."""

_HOST_AND_PORT = re.compile(r"[\w.-]+:\d{2,5}(/.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Pair:
    """A URL as it was sent and as it is known, both whole and taken apart."""

    sent: str
    known: str
    ours: SplitResult
    theirs: SplitResult
    registered: bool

    @property
    def hosts(self) -> tuple[str, str]:
        return self.ours.hostname or "", self.theirs.hostname or ""

    @property
    def is_known(self) -> str:
        """How the other URL came to be known, behind its name."""
        return "is registered" if self.registered else "was sent to authorize"

    def register(self, words: str) -> str:
        """Words that are true only where URLs are registered."""
        return words if self.registered else ""


def causes_of(sent: str, known: str, *, registered: bool = True) -> tuple[Cause, ...]:
    """What one URL has to do with another that is nearly the same; a cause for each difference.

    Args:
        known: the URL that would have been right.
        registered: whether it is one of a client's; otherwise it is that of an earlier request.
    """
    try:
        ours, theirs = urlsplit(sent.strip()), urlsplit(known)
        _ = (ours.port, theirs.port)
    except ValueError:
        return ()
    pair = _Pair(sent, known, ours, theirs, registered)
    whole = next((found for look in _WHOLE if (found := look(pair)) is not None), None)
    return (whole,) if whole is not None else tuple(_of_parts(pair))


def lacks_scheme(url: str) -> bool:
    """Whether this is a host with a port, which reads as a scheme of its own."""
    return _HOST_AND_PORT.fullmatch(url) is not None


def literal_wildcards(registered: Iterable[str]) -> Cause | None:
    """Whether somebody registered a pattern, which is no more than a text here."""
    if not any("*" in url for url in registered):
        return None
    return Cause(
        "A registered URL holds a *, which stands for itself.",
        "Register every URL in full; there are no wildcards.",
    )


# What was done to the URL as a whole.


def _blanks(pair: _Pair) -> Cause | None:
    if pair.sent == pair.known or pair.sent.strip(" \t\"'") != pair.known:
        return None
    return Cause(
        "The app's settings hold blanks or quotation marks around the value.",
        "Look at how it reads them.",
    )


def _no_scheme(pair: _Pair) -> Cause | None:
    if pair.known not in (f"http://{pair.sent}", f"https://{pair.sent}"):
        return None
    return Cause("The URL was sent without its scheme.", f"It begins with {pair.theirs.scheme}://.")


def _encoding(pair: _Pair) -> Cause | None:
    if unquote(pair.sent) == pair.known and "://" not in pair.sent:
        return Cause(
            "Something percent-encoded the URL once too often.",
            "Hand it over plain: whatever builds the query encodes it once.",
        )
    if unquote(pair.sent).rstrip("/") == unquote(pair.known).rstrip("/") and "%" in (
        pair.sent + pair.known
    ):
        return Cause(
            "Characters are percent-encoded on one side and plain on the other.",
            pair.register("Register the URL the way the app writes it."),
        )
    return None


def _own_scheme(pair: _Pair) -> Cause | None:
    if pair.ours.scheme in _DEFAULT or pair.ours.scheme != pair.theirs.scheme:
        return None
    if _without_slashes(pair.sent) != _without_slashes(pair.known):
        return None
    return Cause("The number of slashes after the scheme counts.", "Write both alike.")


def _case(pair: _Pair) -> Cause | None:
    if pair.sent == pair.known or pair.sent.lower() != pair.known.lower():
        return None
    return Cause("Upper and lower case count, in the host as well as in the path.")


_WHOLE: tuple[Callable[[_Pair], Cause | None], ...] = (
    _blanks,
    _no_scheme,
    _encoding,
    _own_scheme,
    _case,
)


# What differs in its parts.


def _of_parts(pair: _Pair) -> Iterator[Cause]:
    elsewhere = _elsewhere(pair)
    if elsewhere is not None:
        # Scheme and port of another machine are its own affair.
        yield elsewhere
    elif _is_another(pair):
        yield Cause(
            f"Port and path both differ from the URL that {pair.is_known}: another app may have "
            "sent it, or another page of this one.",
            pair.register("Register every address that takes an answer."),
        )
    else:
        yield from (cause for look in _PARTS if (cause := look(pair)) is not None)


def _is_another(pair: _Pair) -> bool:
    """Whether more differs than a slip explains."""
    paths = [parts.path.strip("/") for parts in (pair.ours, pair.theirs)]
    return pair.ours.port != pair.theirs.port and paths[0] != paths[1] and all(paths)


def _elsewhere(pair: _Pair) -> Cause | None:
    """Two hosts, at least one of which is not this machine."""
    ours, theirs = pair.hosts
    if ours == theirs or not ours or not theirs or (_is_local(ours) and _is_local(theirs)):
        return None
    if ours.removeprefix("www.") == theirs.removeprefix("www."):
        return Cause(
            "www. makes another host.",
            pair.register("Register both, or send visitors to one of them."),
        )
    every = pair.register("Register every address that the app runs under.")
    if _is_local(theirs):
        words = f"The app names a public address, and one of a developer's machine {pair.is_known}."
    elif _is_local(ours):
        words = f"The app runs on a developer's machine, and a public address {pair.is_known}."
    else:
        words = "Another host is another address, and so is a subdomain."
    return Cause(words, every)


def _local_names(pair: _Pair) -> Cause | None:
    ours, theirs = pair.hosts
    if ours == theirs or not (_is_local(ours) and _is_local(theirs)):
        return None
    return Cause(
        f"{ours} and {theirs} are two hosts, to the pool and to the browser's cookies.",
        pair.register("Open the app under the name that is registered, or register both."),
    )


def _scheme(pair: _Pair) -> Cause | None:
    if {pair.ours.scheme, pair.theirs.scheme} != {"http", "https"}:
        return None
    if pair.ours.scheme == "https":
        return Cause(
            f"The app asks for https, and http {pair.is_known}.",
            pair.register("Register the https address as well."),
        )
    return Cause(
        "The app believes to be called by http.",
        "Behind a proxy that ends TLS it has to trust X-Forwarded-Proto, or be told its public "
        "address.",
    )


def _port(pair: _Pair) -> Cause | None:
    ours, theirs = pair.ours.port, pair.theirs.port
    if ours == theirs:
        return None
    if {ours, theirs} == {_DEFAULT.get(pair.ours.scheme), None}:
        return Cause("The default port is written out on one side.", "Leave :80 and :443 away.")
    if ours is None:
        return Cause("The port is missing.", "A proxy may keep it from the app.")
    if theirs is None:
        return Cause(f"The app names port {ours}, and an address without one {pair.is_known}.")
    if 0 < ours - theirs <= _NEXT_PORTS:
        return Cause(
            "A development server takes the next free port when its own is taken.",
            f"Stop what holds port {theirs}{pair.register(', or register both')}.",
        )
    return Cause(
        "The port is part of the address, on this machine as anywhere.",
        f"Start the app at port {theirs}{pair.register(', or register this one as well')}.",
    )


def _path(pair: _Pair) -> Cause | None:
    ours, theirs = pair.ours.path, pair.theirs.path
    if ours == theirs:
        return None
    if ours.rstrip("/") == theirs.rstrip("/"):
        return Cause("Many frameworks add or drop a trailing slash on their own.")
    if re.sub("/+", "/", ours) == re.sub("/+", "/", theirs):
        return Cause("Two slashes follow each other: base address and path each brought one.")
    if ours.strip("/") == "":
        return Cause(
            "The app sends its own address, without the path of its callback.",
            "Send the whole URL that takes the code.",
        )
    if not ours.endswith(theirs) and not theirs.endswith(ours) and closest(ours, [theirs]):
        return Cause("The paths are spelt nearly alike: one of them may be a slip.")
    return Cause(
        "A base path, a locale or a router decides where the app answers.",
        pair.register("Register the address that it really uses."),
    )


def _query(pair: _Pair) -> Cause | None:
    if pair.ours.query == pair.theirs.query:
        return None
    return Cause(
        f"The query is part of the URL{pair.register(' and has to be registered with it')}.",
        "What changes from visit to visit belongs into state.",
    )


def _fragment(pair: _Pair) -> Cause | None:
    if not pair.ours.fragment:
        return None
    return Cause("A fragment is no part of a callback URL.", "Use a path for the app's own route.")


_PARTS: tuple[Callable[[_Pair], Cause | None], ...] = (
    _local_names,
    _scheme,
    _port,
    _path,
    _query,
    _fragment,
)


def _is_local(host: str) -> bool:
    return host in _LOCAL or host.endswith(".localhost")


def _without_slashes(url: str) -> str:
    return re.sub(r":/+", ":", url)
