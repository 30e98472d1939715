"""The snippets for Node.js, run as they are with the real libraries."""

import json

from sandbox_app.workbench.connect.snippets.literals import js
from tests.clients.environments import node, npm_packages
from tests.clients.snippets.place import HERE_SNIPPETS, SERVER_SECRET, Place, line_with


async def openid_client(place: Place, client: str, issuer: str = "local") -> str:
    """A person signs in; the program prints the ID token's claims."""
    with place.changed(client, issuer=issuer):
        text = place.snippet("openid-client", client).text
        program = _program(place, f"sign-in-{client}.mjs", text)
        async with place.running(node(), program) as process:
            address = await line_with(process, "Open this address and sign in: ")
            back = await place.sign_in(address, "http://localhost:")
            out, errors = await process.communicate(f"{back}\n".encode())
    assert "'cognito:username': 'alice'" in out.decode(), errors.decode()[-300:]
    return "ID token of alice verified"


async def openid_client_machine(place: Place) -> str:
    """A machine gets its token."""
    text = place.snippet("openid-client", "machine").text
    token = await place.run(node(), _program(place, "machine.mjs", text))
    assert token.count(".") == 2, token
    return ""


async def aws_jwt_verify(place: Place, issuer: str) -> str:
    """The client's access token passes; its ID token and another client's token do not."""
    with place.changed("page", issuer=issuer):
        _program(place, "verifier.mjs", place.snippet("aws-jwt-verify", "page").text)
        program = _program(place, "verify.mjs", (HERE_SNIPPETS / "verify.mjs").read_text())
        own = await place.tokens("page")
        other = await place.tokens("server")
        tokens = (own["access_token"], own["id_token"], other["access_token"])
        said = (await place.run(node(), program, *tokens)).splitlines()
    assert said[0] == "ACCEPTED alice", said
    assert [line.split()[0] for line in said[1:]] == ["REFUSED", "REFUSED"], said
    return ", ".join(line.split()[1] for line in said[1:])


async def authjs(place: Place, client: str) -> str:
    """Sign-in with the provider as configured, callback, and a session of the person."""
    text = place.snippet("authjs", client).text
    for package, stand_in in (
        ("'next-auth/providers/cognito'", "'@auth/core/providers/cognito'"),
        ("'next-auth'", "'./next-auth.mjs'"),
    ):
        assert package in text
        text = text.replace(package, stand_in)
    _program(place, "auth.mjs", text)
    _program(place, "next-auth.mjs", (HERE_SNIPPETS / "next-auth.mjs").read_text())
    program = _program(place, "authjs.mjs", (HERE_SNIPPETS / "authjs.mjs").read_text())
    # As the first lines of the snippet say.
    origin = text.split("AUTH_URL=")[1].split("\n")[0]
    variables = {"AUTH_URL": origin, "AUTH_SECRET": "a secret of the app that is long enough"}
    async with place.running(node(), program, **variables) as process:
        back = await place.sign_in(await line_with(process, "LEFT "), f"{origin}/api/auth/")
        assert process.stdin is not None
        process.stdin.write(f"{back}\n".encode())
        session = json.loads(await line_with(process, "SESSION "))
    assert session["user"]["email"] == "alice@example.com", session
    return "through the handlers of @auth/core; Next.js itself is not tried"


async def env_file(place: Place) -> str:
    """Node.js reads the file by itself."""
    (place.folder / "client.env").write_text(place.snippet("env", "server").text)
    names = "['COGNITO_CLIENT_SECRET', 'COGNITO_SCOPE'].map((name) => process.env[name])"
    said = await place.run(
        node(), "--env-file=client.env", "-e", f"console.log(JSON.stringify({names}))"
    )
    assert json.loads(said) == [SERVER_SECRET, "openid email profile orders/read"], said
    return ""


async def odd_values(place: Place) -> str:
    """Literals with every awkward character mean the same to Node.js as to us."""
    odd = 'it\'s "$x" `y` \\ \n\r\t \u2028\u2029 \x85\x7f\x01 ${z} é漢😀 </script>'
    said = await place.run(node(), "-e", f"process.stdout.write(JSON.stringify({js(odd)}))")
    assert json.loads(said) == odd, said
    return ""


def _program(place: Place, name: str, text: str) -> str:
    """A module beside which Node.js finds the packages."""
    packages = place.folder / "node_modules"
    if not packages.exists():
        packages.symlink_to(npm_packages(), target_is_directory=True)
    (place.folder / name).write_text(text)
    return name
