#!/usr/bin/env python3
"""Search for requests that get no proper answer: mutate the corpus and live journeys for a while.

    python3 packaging/dev.py fuzz [--seconds N] [--seed N]

A finding is made as small as it gets and written into the corpus, where the suite replays it.
"""

import argparse
import asyncio
import hashlib
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.resources import resource_path
from tests.fuzz.corpus import FOLDER, cases, decoded
from tests.fuzz.inputs import CALLBACK, CLIENTS
from tests.fuzz.mutations import framed, mutated
from tests.fuzz.raw import RawAnswer, faults_of, speak
from tests.visitor import VERIFIER, Visitor, new_session

_HURRY = 0.25
"""Seconds to wait for an answer; a request that is cut off never gets one."""
_AT_ONCE = 20
_RENEW_EVERY = 100 * _AT_ONCE


@dataclass(slots=True)
class Search:
    """One run: the sandbox under test, what was recorded, and what was found."""

    sandbox: Sandbox
    random: random.Random
    recorded: dict[str, int] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    found: dict[str, bytes] = field(default_factory=dict)

    @property
    def port(self) -> int:
        assert self.sandbox.bound is not None
        return self.sandbox.bound.http_port

    async def run(self, seconds: float) -> int:
        """Search for so long; returns how many requests were sent."""
        until, sent = time.monotonic() + seconds, 0
        seeds: list[bytes] = []
        while time.monotonic() < until:
            if sent % _RENEW_EVERY == 0:
                seeds = [case.sent for case in cases() if len(case.sent) < 20_000]
                seeds += await journey(self.sandbox) * 8
            requests = [
                mutated(self.random.choice(seeds), seeds, self.random) for _ in range(_AT_ONCE)
            ]
            sent += _AT_ONCE
            self.recorded.clear()
            heard = await asyncio.gather(*map(self.complaints, requests))
            for request, complaints in zip(requests, heard, strict=True):
                for complaint in complaints:
                    await self.take_down(request, complaint)
        return sent

    async def take_down(self, request: bytes, complaint: str) -> None:
        """Keep a finding, if it is a new one."""
        if complaint not in self.found:
            print(f"found: {complaint}", flush=True)
            self.found[complaint] = await self.smallest(request, complaint)

    async def complaints(self, request: bytes) -> list[str]:
        """What is wrong with the answer; empty when nothing is, or the request was cut off."""
        answer = await speak(self.port, request, _HURRY)
        if answer is None:
            health = b"GET /_sandbox/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
            alive = await speak(self.port, health)
            return [] if alive is not None else ["the server does not answer any more"]
        self.answers[answer.status] += 1
        if is_our_own(answer):
            return [f"status {answer.status} of our own"] if answer.status >= 500 else []
        wrong = [_kind(words) for words in faults_of(answer)]
        if self.recorded.get(answer.request_id) != answer.status:
            wrong.append(f"a {answer.status} was not recorded")
        return wrong

    async def smallest(self, request: bytes, complaint: str) -> bytes:
        """The request with everything taken out that the complaint does not need."""
        size = len(request) // 2
        while size:
            for start in range(0, len(request), size):
                fewer = request[:start] + request[start + size :]
                for candidate in (framed(fewer), fewer):
                    if len(candidate) < len(request) and complaint in await self.complaints(
                        candidate
                    ):
                        request = candidate
                        break
            size //= 2
        return request


def is_our_own(answer: RawAnswer) -> bool:
    """Whether it is an answer of the demo app, health or icon, which are not recorded."""
    return not answer.request_id and answer.headers.get("Server") == "Server"


def _kind(words: str) -> str:
    """A complaint without what differs each time."""
    return words.partition(" b'")[0]


async def journey(sandbox: Sandbox) -> list[bytes]:
    """Requests that go deep: with a session, a form, a code and tokens that are good right now."""
    session = new_session()
    visitor = Visitor(sandbox, session)
    try:
        tokens = await visitor.tokens("alice", "spa")
        code = await visitor.code("alice", "spa")
        form = await visitor.form("web")
        jar = "; ".join(f"{cookie.key}={cookie.value}" for cookie in session.cookie_jar)
    finally:
        await session.close()
    spa, cookie = CLIENTS["spa"], f"Cookie: {jar}"
    asked = urlencode({k: v for k, v in visitor.asking("web").items() if v is not None})
    fields = {"_csrf": form.csrf if b"_csrf" in form.body else "x", "username": "alice"}
    refresh = {"grant_type": "refresh_token", "client_id": spa}
    exchange = {
        "grant_type": "authorization_code",
        "client_id": spa,
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
    }
    basic = f"Authorization: {visitor.basic('m2m')['Authorization']}"
    bearer = f"Authorization: Bearer {tokens['access_token']}"
    secret = visitor.client("web").client_secrets[0].client_secret_value
    return [
        _get(f"/oauth2/authorize?{asked}", cookie),
        _get(f"/login?{asked}", cookie),
        _post(f"/login?{asked}", {**fields, "password": "Sandbox-1"}, cookie),
        _post(f"/login?{asked}", {**fields, "password": "wrong"}, cookie),
        _post("/oauth2/token", exchange),
        _post("/oauth2/token", {**refresh, "refresh_token": tokens["refresh_token"]}),
        _post("/oauth2/token", {"grant_type": "client_credentials"}, basic),
        _post(
            "/oauth2/revoke", {"token": "x", "client_id": CLIENTS["web"], "client_secret": secret}
        ),
        _post("/oauth2/revoke", {"token": tokens["access_token"], "client_id": spa}),
        _get("/oauth2/userInfo", bearer, "Origin: https://app.example"),
        _get(f"/logout?client_id={spa}&redirect_uri={CALLBACK}&response_type=code", cookie),
        _get("/_demo/settings.json"),
        _post("/_demo/machine-to-machine", {}, "X-Demo: 1", "Origin: http://localhost"),
    ]


def _get(target: str, *headers: str) -> bytes:
    lines = (f"GET {target} HTTP/1.1", "Host: localhost", *headers, "", "")
    return "\r\n".join(lines).encode()


def _post(target: str, form: dict[str, str], *headers: str) -> bytes:
    body = urlencode(form).encode()
    kind = "Content-Type: application/x-www-form-urlencoded"
    length = f"Content-Length: {len(body)}"
    lines = (f"POST {target} HTTP/1.1", "Host: localhost", kind, length, *headers, "", "")
    return "\r\n".join(lines).encode() + body


def write_down(complaint: str, request: bytes) -> Path:
    """Put a finding into the corpus; what the right answer is, a person has to say."""
    name = hashlib.sha256(request).hexdigest()[:10]
    file = FOLDER / f"found-{name}.txt"
    words = f"# expect: 400 SAY-WHICH-RULE\n# Found by the search: {complaint}.\n"
    file.write_text(f"{words}{decoded(request)}\n", encoding="utf-8")
    return file


async def search(seconds: float, seed: int) -> int:
    """Run; returns the exit status."""
    logging.getLogger("sandbox_app").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(workspace=Path(folder) / "w.sandbox", port=0, tls_port=None)
        sandbox = Sandbox(settings, Path(folder))
        await sandbox.seed([resource_path("seeds/demo.yaml")])
        await sandbox.start()
        run = Search(sandbox, random.Random(seed))
        sandbox.core.bus.subscribe(
            ExchangeFinished,
            lambda event: run.recorded.update({event.exchange.id: event.exchange.status}),
        )
        try:
            sent = await run.run(seconds)
        finally:
            await sandbox.close()
    told = ", ".join(f"{status}: {count}" for status, count in sorted(run.answers.items()))
    print(f"{sent} requests with seed {seed}; answers by status: {told}")
    for complaint, request in run.found.items():
        print(f"{complaint}: {write_down(complaint, request)}")
    return 1 if run.found else 0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long (default 60)")
    parser.add_argument("--seed", type=int, default=None, help="to repeat a run")
    given = parser.parse_args()
    seed = random.SystemRandom().randrange(2**32) if given.seed is None else given.seed
    return asyncio.run(search(given.seconds, seed))


if __name__ == "__main__":
    sys.exit(main())
