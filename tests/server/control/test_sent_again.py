"""A script tells what the window sent again from what an app sent."""

from sandbox_app.domain.sending_again import SentAgain
from sandbox_app.workbench.live.exporting.configured import configured_secrets
from sandbox_app.workbench.live.repeating.draft import draft_of
from sandbox_app.workbench.live.repeating.request import outgoing
from tests.server.control.conftest import Script
from tests.visitor import Visitor


async def test_a_login_says_what_it_repeats(script: Script, visitor: Visitor) -> None:
    core = visitor.sandbox.core
    await visitor.authorize("spa")
    first = visitor.last
    sender = core.resends.sender
    assert sender is not None
    request = outgoing(draft_of(*visitor.seen[-1]), configured_secrets(core))
    await sender(request, SentAgain(first.id, first.started_at))

    again, original = (await script.get("/logins"))["logins"]
    one = await script.get(f"/logins/{again['id']}")

    assert (again["again_of"], original["again_of"]) == (first.id, "")
    assert one["exchanges"][0]["again_of"] == first.id
