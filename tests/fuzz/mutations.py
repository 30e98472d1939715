"""Small damage to a request: what a broken client, a proxy or an enemy might do to it."""

import re
from collections.abc import Callable, Sequence
from random import Random

from tests.fuzz.inputs import HOSTILE, NAMES, USUAL, encoded_text

_LENGTH = re.compile(rb"(?i)(\r\nContent-Length: )\d+")
_TOKENS = (
    *(encoded_text(text).encode() for text in (*HOSTILE, *USUAL)),
    *(name.encode() + b"=" for name in NAMES),
    b"\r\n",
    b"\r\n\r\n",
    b"\x00",
    b"\xff",
    b"&",
    b"=",
    b"%",
    b"%0d%0a",
    b"?",
    b"#",
    b";",
    b" ",
    b"HEAD ",
    b"OPTIONS ",
    b"POST ",
    b"/login",
    b"/oauth2/token",
    b"/oauth2/userInfo",
    b"http://localhost",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Expect: 100-continue\r\n",
    b"Origin: null\r\n",
    b"Authorization: Basic ",
    b"Authorization: Bearer ",
    b'Cookie: cognito="',
    b"Host: ",
)

Mutation = Callable[[bytes, Random], bytes]


def mutated(sent: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """The request with one to four changes, mostly still framed as HTTP wants it."""
    gentle = random.random() < 0.5
    for _ in range(random.randint(1, 4)):
        change = _replace_value if gentle else random.choice(_MUTATIONS)
        sent = change(sent, random)
    if gentle:
        return framed(sent)
    if random.random() < 0.15:
        other = random.choice(others)
        sent = sent[: _place(sent, random)] + other[_place(other, random) :]
    return framed(sent) if random.random() < 0.8 else sent


def framed(sent: bytes) -> bytes:
    """With a blank line behind the head, and the length that the body has."""
    head, blank, body = sent.partition(b"\r\n\r\n")
    head = _LENGTH.sub(lambda match: match[1] + str(len(body)).encode(), head)
    return head + (blank or b"\r\n\r\n") + body


def _place(sent: bytes, random: Random) -> int:
    return random.randint(0, len(sent))


def _flip(sent: bytes, random: Random) -> bytes:
    if not sent:
        return sent
    place = random.randrange(len(sent))
    return sent[:place] + bytes([sent[place] ^ (1 << random.randrange(8))]) + sent[place + 1 :]


def _insert(sent: bytes, random: Random) -> bytes:
    place = _place(sent, random)
    return sent[:place] + random.choice(_TOKENS) + sent[place:]


def _delete(sent: bytes, random: Random) -> bytes:
    place = _place(sent, random)
    return sent[:place] + sent[place + random.randint(1, 20) :]


def _repeat(sent: bytes, random: Random) -> bytes:
    start = _place(sent, random)
    part = sent[start : start + random.randint(1, 60)]
    return sent[:start] + part * random.choice((2, 3, 200)) + sent[start + len(part) :]


def _replace_value(sent: bytes, random: Random) -> bytes:
    found = list(re.finditer(rb"=[^&\s]*", sent))
    if not found:
        return sent
    match = random.choice(found)
    return sent[: match.start() + 1] + random.choice(_TOKENS) + sent[match.end() :]


def _drop_line(sent: bytes, random: Random) -> bytes:
    lines = sent.split(b"\r\n")
    del lines[random.randrange(len(lines))]
    return b"\r\n".join(lines)


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _insert,
    _insert,
    _delete,
    _repeat,
    _replace_value,
    _replace_value,
    _drop_line,
)
