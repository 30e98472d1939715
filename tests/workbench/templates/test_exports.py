"""Stacks that hand each other values, as teams split them."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import ImportResult, import_templates
from tests.cores import writes

Run = Callable[..., Awaitable[ImportResult]]

IDENTITY = """
Parameters:
  Stage: {Type: String, Default: dev}
  Secret: {Type: String, NoEcho: true, Default: a-secret-of-somebody-else}
Conditions: {Prod: !Equals [!Ref Stage, prod]}
Resources:
  Fn: {Type: AWS::Lambda::Function}
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Shared}}
Outputs:
  PoolId: {Value: !Ref Pool, Export: {Name: !Sub "${Stage}-pool"}}
  Host: {Value: !Sub "https://${Stage}.example", Export: {Name: !Join ["-", [!Ref Stage, host]]}}
  Own: {Value: only for people}
  Live: {Condition: Prod, Value: x, Export: {Name: live}}
  Arn: {Value: !GetAtt Fn.Arn, Export: {Name: arn}}
  Hidden: {Value: !Ref Secret, Export: {Name: hidden}}
"""
APP = """
Resources:
  Web:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !ImportValue dev-pool
      CallbackURLs:
        - Fn::Join: ["", [!ImportValue {"Fn::Sub": "dev-host"}, /callback]]
"""


@pytest.fixture
def run(core: Core, tmp_path: Path) -> Run:
    """Imports files with these texts together."""

    async def imported(*texts: str, check: bool = False) -> ImportResult:
        paths = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return await import_templates(paths, {}, core, check=check)

    return imported


async def test_a_stack_takes_what_one_before_it_exports(core: Core, run: Run) -> None:
    await run(IDENTITY, APP)

    (client,) = core.store.clients.of_pool("us-east-1_Shared")
    assert client.callback_urls == ("https://dev.example/callback",)


async def test_what_was_exported_once_is_there_for_later_imports(core: Core, run: Run) -> None:
    await run(IDENTITY)
    await run(APP)
    wrote = writes(core)

    again = await run(APP)

    assert [item.outcome for item in again.resources] == ["unchanged"]
    assert writes(core) == wrote


@pytest.mark.parametrize("name", ["live", "arn", "hidden", "nothing"])
async def test_what_has_no_value_here_is_not_exported(run: Run, name: str) -> None:
    app = APP.replace("dev-pool", name)

    with pytest.raises(TemplateError) as error:
        await run(IDENTITY, app)

    assert error.value.reason.startswith(f"the export {name}, which no template here gives a")


async def test_a_check_exports_nothing(core: Core, run: Run) -> None:
    await run(IDENTITY, check=True)

    with pytest.raises(TemplateError, match="the export dev-pool, which no template"):
        await run(APP)


@pytest.mark.parametrize(
    ("output", "where"),
    [
        ("Bad: {Value: !Ref Nobody, Export: {Name: bad}}", "Outputs.Bad.Value: it cannot be"),
        (
            "Bad: {Value: [a], Export: {Name: bad}}",
            "Outputs.Bad.Value: it cannot be exported: a t",
        ),
        ("Bad: {Value: a, Export: bad}", "Outputs.Bad.Export: it cannot be exported: a table with"),
        ("Bad: {Export: {Name: bad}}", "Outputs.Bad.Value: it cannot be exported: a text is expec"),
        ("Bad: {Condition: No, Value: a, Export: {Name: b}}", "Outputs.Bad: it cannot be exported"),
    ],
)
async def test_what_cannot_be_exported_is_told_and_the_import_goes_on(
    run: Run, output: str, where: str
) -> None:
    result = await run(f"{IDENTITY}  {output}\n")

    told = [str(item).partition(": ")[2] for item in result.warnings if "Outputs" in str(item)]
    assert len(told) == 1
    assert told[0].startswith(where)


async def test_outputs_that_nobody_imports_are_nobodys_business(run: Run) -> None:
    result = await run(f"{IDENTITY}  Any: {{Value: !GetAtt Nobody.Home}}\n")

    assert not [item for item in result.warnings if "Outputs" in str(item)]
