"""The snippet for boto3, run as it is; those for Authlib run in the suite."""

from tests.clients.environments import client_python
from tests.clients.snippets.place import Place


async def boto3(place: Place) -> str:
    """The client is described and the users are listed."""
    program = place.folder / "administer.py"
    program.write_text(place.snippet("boto3", "server").text)
    trusting = {"AWS_CA_BUNDLE": str(place.authority), "PYTHONPATH": ""}
    said = (await place.run(str(client_python()), str(program), **trusting)).splitlines()
    assert said[0] == "server", said
    assert "alice CONFIRMED" in said, said
    return f"{len(said) - 1} users listed"
