"""A template taken apart: sections, parameters and the parts of a resource."""

import re
from pathlib import Path

import pytest

from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.template import Template, load, parse

POOL = "Resources: {Pool: {Type: 'AWS::Cognito::UserPool'}}"


def template(text: str, **given: str) -> Template:
    return parse(text, "t.yaml", given, "eu-west-1")


def refused(text: str, **given: str) -> str:
    with pytest.raises(TemplateError) as error:
        template(text, **given)
    return str(error.value)


def test_resources_come_in_the_order_they_can_be_made() -> None:
    kinds = ("UserToGroupAttachment", "User", "Group", "Client", "ResourceServer", "Domain", "")
    lines = [
        f"  R{number}: {{Type: 'AWS::Cognito::UserPool{kind}'}}"
        for number, kind in enumerate(kinds)
    ]

    found = template("\n".join(["Resources:", *lines])).resources

    assert [resource.logical_id for resource in found] == ["R6", "R5", "R4", "R3", "R2", "R1", "R0"]


def test_other_kinds_are_passed_over_and_named() -> None:
    text = """
Resources:
  Pool: {Type: AWS::Cognito::UserPool}
  Table: {Type: AWS::DynamoDB::Table, Condition: IsProd, Whatever: 1}
  People: {Type: AWS::Cognito::IdentityPool}
"""

    assert template(text).others == ("Table", "People")


def test_a_whole_template_of_the_real_service_is_read() -> None:
    text = """
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: Something
Metadata: {Any: thing}
Mappings: {A: {b: {c: d}}}
Conditions: {IsProd: !Equals [a, b]}
Rules: {}
Hooks: {}
Globals: {}
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    DependsOn: [Other]
    Metadata: {Other: tools}
  Other: {Type: AWS::SNS::Topic}
Outputs:
  Id: {Value: !ImportValue x}
"""

    assert [resource.logical_id for resource in template(text).resources] == ["Pool"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AWS::Region", "eu-west-1"),
        ("AWS::AccountId", "123456789012"),
        ("AWS::Partition", "aws"),
        ("AWS::URLSuffix", "amazonaws.com"),
        ("AWS::StackName", "sandbox"),
    ],
)
def test_pseudo_parameters_have_values(name: str, value: str) -> None:
    assert template(POOL).parameters[name] == value


def test_a_parameter_is_given_or_has_its_default() -> None:
    text = f"""
Parameters:
  Stage: {{Type: String, Default: dev}}
  Number: {{Type: Number, Default: 007}}
  Origins: {{Type: CommaDelimitedList, Default: "a,b"}}
  Subnets: {{Type: "List<String>", Default: [a, b]}}
  Secret: {{Type: String, NoEcho: true}}
{POOL}
"""

    read = template(text, Secret="s3", Stage="prod")

    assert {name: read.parameters[name] for name in ("Stage", "Number", "Origins", "Secret")} == {
        "Stage": "prod",
        "Number": "007",
        "Origins": "a,b",
        "Secret": "s3",
    }
    assert read.parameters["Subnets"] == "a,b"
    assert read.lists == {"Origins", "Subnets", "AWS::NotificationARNs"}


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (
            f"{POOL}\nParameters:\n  Secret: {{Type: String}}",
            {},
            "t.yaml:3: Parameters.Secret: no value: give one with --parameter Secret=… or a "
            "Default",
        ),
        (POOL, {"Stage": "dev"}, "t.yaml:1: there is no parameter Stage"),
        (f"{POOL}\nParameters: [a]", {}, "t.yaml:2: Parameters: a table is expected"),
        (
            f"{POOL}\nResource: {{}}",
            {},
            "t.yaml:2: Resource is no part of a template; did you mean Resources?",
        ),
        (
            "service: shop\nprovider: {name: aws}",
            {},
            "t.yaml:1: service is no part of a template, but of the Serverless Framework; import "
            "what `serverless package` makes",
        ),
        (
            f"AWSTemplateFormatVersion: 2010-09-10\n{POOL}",
            {},
            "t.yaml:1: AWSTemplateFormatVersion: the only version there is is 2010-09-09",
        ),
        (
            f"{POOL}\nParameters:\n  A: {{Type: String}}\n  B: {{Type: String}}\n"
            "  C: {Type: String, Default: x}\n  D: {Type: Number}\n  E: {Type: String}",
            {"E": "x"},
            "t.yaml:3: Parameters.A: no value: give one with --parameter A=… or a Default; the "
            "same goes for B, D",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    DependsOn:\n"
            "      - Topic\n      - Tpic\n  Topic: {Type: 'AWS::SNS::Topic'}",
            {},
            "t.yaml:6: Pool.DependsOn: there is no resource Tpic; did you mean Topic?",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    DependsOn: {Ref: Topic}",
            {},
            "t.yaml:4: Pool.DependsOn: the name of a resource is expected",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Properties:\n",
            {},
            "t.yaml:4: Pool.Properties: a table of properties is expected",
        ),
        ("Description: x", {}, "t.yaml:1: there is no table Resources"),
        ("Resources: []", {}, "t.yaml:1: there is no table Resources"),
        ("Resources: {}", {}, "t.yaml:1: there is no table Resources"),
        ("Resources:\n  Pool: x", {}, "t.yaml:2: Pool: a resource needs a Type"),
        ("Resources:\n  Pool: {Type: [a]}", {}, "t.yaml:2: Pool: a resource needs a Type"),
        (
            "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPol'}",
            {},
            "t.yaml:2: Pool.Type: there is no kind AWS::Cognito::UserPol; did you mean "
            "AWS::Cognito::UserPool?",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Propertys: {}",
            {},
            "t.yaml:4: Pool.Propertys: no such part of a resource; did you mean Properties?",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Condition: IsProd",
            {},
            "t.yaml:4: Pool.Condition: there is no condition IsProd",
        ),
        (
            "Resources:\n  Pool: {Type: 'AWS::Cognito::UserPool', Properties: [a]}",
            {},
            "t.yaml:2: Pool.Properties: a table of properties is expected",
        ),
        (
            "Resources:\n  Pool:\n    Type: AWS::Cognito::UserPool\n    Metadata: {Sandbox: x}",
            {},
            "t.yaml:4: Pool.Metadata.Sandbox: a table is expected",
        ),
    ],
)
def test_a_template_that_cannot_be_understood_is_refused_at_its_line(
    text: str, given: dict[str, str], message: str
) -> None:
    assert refused(text, **given) == message


def test_a_file_is_the_same_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.yaml").write_text(POOL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    names = (Path("t.yaml"), Path("./../" + tmp_path.name) / "t.yaml", tmp_path / "t.yaml")
    read = [load(name, {}, "eu-west-1") for name in names]

    assert len({item.source for item in read}) == 1
    assert [item.file for item in read] == [str(name) for name in names]


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes("Description: Zoë".encode("latin-1"))

    with pytest.raises(TemplateError, match=r"t\.yaml:1: the file is not UTF-8 text"):
        load(path, {}, "eu-west-1")


def test_a_file_that_is_not_there_is_the_systems_to_tell(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.yaml", {}, "eu-west-1")


def test_a_resource_may_wait_for_one_that_is_not_made_or_that_sam_makes() -> None:
    text = """
    Transform: AWS::Serverless-2016-10-31
    Conditions: {Never: !Equals [a, b]}
    Resources:
      Fn: {Type: AWS::Serverless::Function}
      Old: {Type: AWS::Cognito::UserPoolGroup, Condition: Never}
      Pool: {Type: AWS::Cognito::UserPool, DependsOn: [Fn, FnRole, ServerlessRestApi, Old]}
    """

    assert [item.logical_id for item in template(text).resources] == ["Pool"]


def test_a_stacks_id_ends_in_something_unique_that_stays() -> None:
    account = {"AWS::AccountId": "210987654321"}
    one, again, other = template(POOL), template(POOL), template(POOL, **account)

    start, _, unique = one.parameters["AWS::StackId"].rpartition("/")

    assert start == "arn:aws:cloudformation:eu-west-1:123456789012:stack/sandbox"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", unique)
    assert again.parameters["AWS::StackId"].endswith(unique)
    assert not other.parameters["AWS::StackId"].endswith(unique)
