"""The Python snippets are run with the real library, that of boto3 with botocore."""

import asyncio
import sys

import pytest

from sandbox_app.workbench.connect import client_addresses, pool_addresses, snippet
from tests.conftest import DEMO_POOL

_PASTING = "def came_back(url):\n    import sys\n    sys.stdout.flush()\n    return input()"


async def test_the_machines_authlib_lines_fetch_a_token(written, ran) -> None:
    made = written("authlib", "m2m")

    token = await ran(sys.executable, "-W", "error::SyntaxWarning", "-c", made.text)

    assert token.count(".") == 2


@pytest.mark.parametrize("name", ["spa", "web"])
async def test_a_sign_in_with_the_authlib_lines_names_the_user(visitor, written, name) -> None:
    made = written("authlib", name)
    program = made.text.replace("input('Where did that lead to? ')", "came_back(url)")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", f"{_PASTING}\n{program}"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    form_address = (await visitor.send("GET", line.rpartition(" ")[2].strip())).location
    form = await visitor.send("GET", form_address)
    typed = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"}
    back = await visitor.send("POST", form_address, data=typed)
    out, errors = await process.communicate(f"{back.location}\n".encode())

    assert process.returncode == 0, errors.decode()
    assert "'username': 'alice'" in out.decode()


async def test_the_boto3_lines_list_the_users(written, ran_with_boto3) -> None:
    made = written("boto3", "web")

    printed = await ran_with_boto3(made.text)

    assert printed.splitlines()[0] == "web"
    assert "alice CONFIRMED" in printed


async def test_boto3_raises_the_apis_own_exceptions(written, ran_with_boto3) -> None:
    made = written("boto3", "web")
    asked = (
        "try:\n    cognito.admin_get_user(UserPoolId='us-east-1_Demo00001', Username='nobody')\n"
        "except cognito.exceptions.UserNotFoundException as error:\n    print(error)"
    )

    printed = await ran_with_boto3(f"{made.text}\n{asked}")

    assert "(UserNotFoundException) when calling the AdminGetUser operation" in printed


async def test_boto3_cannot_sign_in_yet_as_the_snippet_says(written, ran_with_boto3) -> None:
    made = written("boto3", "web")
    asked = (
        "try:\n    cognito.initiate_auth(ClientId='a', AuthFlow='USER_SRP_AUTH')\n"
        "except cognito.exceptions.ClientError as error:\n    print(error)"
    )

    printed = await ran_with_boto3(f"{made.text}\n{asked}")

    assert "signing in (initiate_auth) is not served yet" in made.note
    assert "There is no operation InitiateAuth here" in printed


async def test_boto3_has_nothing_to_talk_to_while_the_sandbox_stands_still(visitor) -> None:
    core, client = visitor.sandbox.core, visitor.client("web")
    pool = pool_addresses(core, core.store.pools.get(DEMO_POOL), visitor.base)

    made = snippet("boto3", client, pool, client_addresses(client, visitor.base))

    assert (made.text, made.heading) == ("", "Not yet")
    assert "once the sandbox is started" in made.note


@pytest.fixture
def ran_with_boto3(ran, tmp_path):
    """Runs a program beside a boto3 of which only `client` is there: botocore does the work."""

    async def run(text: str) -> str:
        made = "import botocore.session\nclient = botocore.session.get_session().create_client\n"
        (tmp_path / "boto3.py").write_text(made)
        (tmp_path / "program.py").write_text(text)
        return await ran(sys.executable, str(tmp_path / "program.py"))

    return run
