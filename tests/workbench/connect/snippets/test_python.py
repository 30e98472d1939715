"""The Python snippets are run with the real library; boto3 has none while nothing answers it."""

import asyncio
import sys

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

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


async def test_boto3_gets_no_snippet_for_as_long_as_nothing_answers_it(visitor, written) -> None:
    made = written("boto3", "web")
    client = botocore.session.get_session().create_client(
        "cognito-idp",
        region_name="us-east-1",
        endpoint_url=visitor.base,
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )

    with pytest.raises(ClientError) as refused:
        await asyncio.to_thread(client.get_user, AccessToken="a.b.c")

    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    assert (made.text, made.heading) == ("", "Not yet")
    assert "every call would end in 404" in made.note
