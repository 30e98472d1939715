"""Who may open a link that signs in without a password, whatever else is bound (US-S1)."""

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.trace import Trace
from sandbox_app.server.hosted.sign_in_as import sign_in_as
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.workbench.sign_in_as import start_sign_in_as
from tests.server.conftest import SPA

POOL = "us-east-1_Demo00001"


@pytest.mark.parametrize(
    ("peer", "status"),
    [
        ("127.0.0.1", 302),
        ("127.9.9.9", 302),
        ("::1", 302),
        ("::ffff:127.0.0.1", 302),
        ("192.0.2.1", 403),
        ("10.0.0.5", 403),
        ("::ffff:192.0.2.1", 403),
        ("fe80::1", 403),
        ("", 403),
        ("localhost", 403),
    ],
)
async def test_only_this_machine_may_open_a_link(sandbox: Sandbox, peer: str, status: int) -> None:
    core, origin = sandbox.core, sandbox.http or ""
    pool, client = core.store.pools.get(POOL), core.store.clients.get(SPA)
    alice = core.store.users.find(POOL, "alice")
    assert pool is not None
    assert client is not None
    assert alice is not None
    url = start_sign_in_as(core, pool, client, alice, origin)
    visit = Incoming(
        method="GET",
        path="/_sandbox/sign-in",
        query=url.partition("?")[2],
        headers={},
        body=b"",
        origin=origin,
        peer=peer,
    )
    trace = Trace(login_id="l")

    reply = await sign_in_as(visit, Site(core), trace)

    assert reply.status == status
    assert (trace.refusal is None) is (status == 302)
    assert ("Referrer-Policy", "no-referrer") in reply.headers
    if trace.refusal is not None:
        assert trace.refusal.rule == "US-S1"
        assert reply.set_cookies == ()
