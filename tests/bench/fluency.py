"""How fluid the window stays: frames under load, and how long any callback holds the loop.

Requests come from another process, two hundred a second. A fifth of them belong to the login that
is looked at, so that list and diagram grow while they are counted.
"""

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bench.load import (
    Target,
    access_token,
    code_exchanges,
    run_load,
    run_paced,
    user_info,
)
from tests.bench.measured import Measured
from tests.bench.served import Served, Workspace, served

FRAME_AIM, DIAGRAM_AIM, CALLBACK_AIM = 40.0, 33.0, 16.0
SECONDS = 5.0
OWN, OTHERS = 40, 80
"""Operations a second: requests of the login looked at, and sign-ins of two requests each."""

LONG = 250
"""Requests that make 500 arrows."""

FULL = 100_000
"""Requests, as many as Live holds."""
SIGNATURE = 0.36
_SIGNATURES = 500
_SETTLING = 1.5

STEPS: tuple[tuple[str, tuple[object, ...]], ...] = (
    ("open Live", ("place", "live")),
    ("choose 500 arrows", ("longest",)),
    ("tab Why", ("tab", "why")),
    ("tab Request", ("tab", "request")),
    ("tab Response", ("tab", "response")),
    ("tab Tokens", ("tab", "tokens")),
    ("tab Raw", ("tab", "raw")),
    ("tab Diagram", ("tab", "diagram")),
    ("to the last arrow", ("key", "End")),
    ("fit all arrows in", ("key", "Z")),
    ("back to full size", ("key", "Z")),
    ("narrower", ("widen", -150)),
    ("wider", ("widen", 150)),
    ("by requests", ("mode", "requests")),
    ("scroll", ("scroll", 5_000)),
    ("type a", ("type", "a")),
    ("type l", ("type", "l")),
    ("filter emptied", ("unfilter",)),
    ("by logins", ("mode", "logins")),
    ("type u", ("type", "u")),
    ("type 7", ("type", "7")),
    ("no filter", ("unfilter",)),
    ("type ~c 4xx", ("enter", "~c 4xx")),
    ("type ~client web", ("enter", "~client web")),
    ("no filter", ("unfilter",)),
)
"""What is done with a full list, and how the window is told."""


def frames_under_load(server: Served, target: Target) -> Measured:
    """Frames on Home while as much is asked as the server can answer."""
    server.tell("count_frames", True)
    asyncio.run(run_load(code_exchanges, target, SECONDS))
    clock, used = p99(server.tell("frames"))
    remark = f"by processor time {used:.0f} ms"
    return Measured("frame p99 under load", clock, "{:.0f} ms", FRAME_AIM, remark=remark)


def fluency(workspace: Workspace, target: Target) -> Iterator[Measured]:
    """Live under two hundred requests a second, and with a full list.

    Aims in milliseconds are meant for a machine that makes a raw signature in 0.36 ms.
    """
    with workspace.cores.on_the_servers():
        yield Measured("a raw signature", signature_ms(), "{:.2f} ms", SIGNATURE)
    with served(workspace, window=True, port=target.port) as server:
        token = look_at_a_login(server, target, requests=1)
        yield frames("frame p99, diagram", server, target, token)
        asyncio.run(run_load(user_info(token), target, None, most=LONG))
        time.sleep(_SETTLING)
        yield frames("frame p99, 500 arrows", server, target, token)
        yield frames("the same, all painted", server, target, token, whole=True)
    with served(workspace, window=True, port=target.port, counting="callbacks") as server:
        token = look_at_a_login(server, target, requests=LONG)
        yield from longest_callbacks(server, target, token, "")
        server.tell("fill", FULL)
        token = look_at_a_login(server, target, requests=LONG)
        server.tell("another")
        server.tell("place", "home")
        for name, command in STEPS:
            yield one_step(server, name, command)
        yield from longest_callbacks(server, target, token, ", full list")


def signature_ms() -> float:
    """Processor time of a raw RSA-2048 signature on this core at this moment."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    began = time.thread_time()
    for _ in range(_SIGNATURES):
        key.sign(b"x" * 300, padding.PKCS1v15(), SHA256())
    return (time.thread_time() - began) / _SIGNATURES * 1000


def look_at_a_login(server: Served, target: Target, requests: int) -> str:
    """Open Live on the diagram of a new login; an access token that makes it longer."""
    token = access_token(target)
    asyncio.run(run_load(user_info(token), target, None, most=requests))
    time.sleep(_SETTLING)
    server.tell("size")
    server.tell("place", "live")
    assert server.tell("longest") >= requests
    server.tell("tab", "diagram")
    server.tell("follow")
    return token


def frames(
    what: str, server: Served, target: Target, token: str, *, whole: bool = False
) -> Measured:
    """Frames under the usual load."""
    server.tell("count_frames", whole)
    rate = asyncio.run(usual_load(target, token))
    clock, used = p99(server.tell("frames"))
    remark = f"{rate:.0f} requests/s arrived, by processor time {used:.0f} ms"
    return Measured(what, clock, "{:.0f} ms", DIAGRAM_AIM, remark=remark)


def longest_callbacks(server: Served, target: Target, token: str, where: str) -> Iterator[Measured]:
    """The longest callback under the usual load: by logins, by requests, filtered."""
    for what, commands in (
        ("by logins", (("mode", "logins"),)),
        ("by requests", (("mode", "requests"),)),
        ("filtered", (*(("type", letter) for letter in "alice"),)),
        ("logins, filtered", (("mode", "logins"),)),
    ):
        for command in commands:
            server.tell(*command)
        time.sleep(_SETTLING)
        server.tell("count_callbacks")
        rate = asyncio.run(usual_load(target, token))
        yield callbacks(what + where, server.tell("callbacks"), f"{rate:.0f} requests/s, ")
    server.tell("unfilter")


def one_step(server: Served, name: str, command: tuple[object, ...]) -> Measured:
    """The longest callback of one thing that is done, and of what follows from it."""
    server.tell("count_callbacks")
    server.tell(*command)
    time.sleep(_SETTLING)
    return callbacks(name, server.tell("callbacks"), "")


async def usual_load(target: Target, token: str) -> float:
    """Requests per second that were answered."""
    own, others = await asyncio.gather(
        run_paced(user_info(token), target, SECONDS, OWN),
        run_paced(code_exchanges, target, SECONDS, OTHERS),
    )
    return own + 2 * others


def callbacks(what: str, found: dict[str, Any], before: str) -> Measured:
    """By processor time: by the clock others on the machine count against us."""
    used, _, who = found["longest"][0]
    remark = f"{before}{who}; by the clock {found['clock'][0]:.0f} ms"
    if found["collecting"] > 1:
        remark += f", garbage {found['collecting']:.0f} ms"
    return Measured(f"callback, {what}", used, "{:.1f} ms", CALLBACK_AIM, remark=remark)


def p99(took: list[tuple[float, float]]) -> tuple[float, float]:
    """What 99 of 100 frames did not exceed, by the clock and by processor time."""
    clock, used = (sorted(times) for times in zip(*took, strict=True))
    at = len(took) * 99 // 100
    return clock[at], used[at]
