"""curl, as scripts use it: its exit status is what a script notices of a fault."""

import asyncio
from typing import NamedTuple

WRONG_SIZE, NO_ANSWER, UNTRUSTED, TIMED_OUT, RESET = 18, 52, 60, 28, 56
"""Exit statuses; see EXIT CODES in curl(1)."""


class Said(NamedTuple):
    """What curl said and how it ended."""

    status: int
    out: bytes
    err: str


async def curl(*arguments: str) -> Said:
    """Run curl, without its progress meter."""
    process = await asyncio.create_subprocess_exec(
        "curl",
        "-sS",
        "--noproxy",
        "*",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return Said(process.returncode, out, err.decode())
