"""Parameters: what a window can ask for, and values that are held to what is declared."""

import pytest

from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.parameters import parameters_in
from sandbox_app.workbench.templates.template import parse

POOL = "Resources: {Pool: {Type: 'AWS::Cognito::UserPool'}}"


def refused(declared: str, value: str | None = None) -> str:
    given = {} if value is None else {"P": value}
    with pytest.raises(TemplateError) as error:
        parse(f"Parameters:\n  P: {{{declared}}}\n{POOL}", "t.yaml", given, "us-east-1")
    return str(error.value)


def test_a_window_is_told_what_to_ask_for() -> None:
    text = f"""
Parameters:
  Stage: {{Type: String, Default: dev, AllowedValues: [dev, prod], Description: Which}}
  Secret:
    Type: String
    NoEcho: true
  Hosts: {{Type: CommaDelimitedList, Default: "a,b"}}
{POOL}
"""

    stage, secret, hosts = parameters_in(text, "t.yaml")

    assert (stage.name, stage.type, stage.default, stage.description, stage.line) == (
        "Stage",
        "String",
        "dev",
        "Which",
        3,
    )
    assert stage.allowed_values == ("dev", "prod")
    assert (secret.default, secret.no_echo, stage.no_echo) == (None, True, False)
    assert (hosts.is_list, hosts.default) == (True, "a,b")


@pytest.mark.parametrize(
    ("declared", "value", "message"),
    [
        ("Type: String, AllowedValues: [a, b]", "c", "'c' is none of a, b"),
        ("Type: CommaDelimitedList, AllowedValues: [a, b]", "a, c", "'c' is none of a, b"),
        ("Type: String, AllowedPattern: '[a-z]+'", "A1", "'A1' does not match [a-z]+"),
        ("Type: String, AllowedPattern: '[a-z]+'", "ab1", "'ab1' does not match [a-z]+"),
        ("Type: String, AllowedPattern: x, ConstraintDescription: be x", "y", "be x"),
        ("Type: String, MinLength: 3", "ab", "'ab' must be at least 3 characters"),
        ("Type: String, MaxLength: 3", "abcd", "'abcd' must be at most 3 characters"),
        ("Type: Number, MinValue: 3", "2.5", "'2.5' must be at least 3"),
        ("Type: Number, MaxValue: 3", "1e3", "'1e3' must be at most 3"),
        ("Type: Number", "x", "a number is expected, not 'x'"),
        ("Type: Number", "nan", "a number is expected, not 'nan'"),
        ("Type: String, NoEcho: true, MinLength: 9", "hush", "the value must be at least 9"),
        ("Type: String, NoEcho: true, AllowedPattern: x", "hush", "the value does not match x"),
    ],
)
def test_a_value_against_a_constraint_is_refused_at_its_parameter(
    declared: str, value: str, message: str
) -> None:
    assert refused(declared, value).startswith(f"t.yaml:2: Parameters.P: {message}")


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("Default: x", "Parameters.P: a parameter needs a Type"),
        ("Type: Text", "Parameters.P.Type: there is no type Text"),
        ("Type: String, Defualt: x", "Parameters.P.Defualt: no such part of a parameter"),
        ("Type: String, Default: a, MinLength: x", "Parameters.P.MinLength: a number is expected"),
        ("Type: String, Default: a, AllowedPattern: '('", "the pattern cannot be read"),
        ("Type: String, Default: [], AllowedValues: a", "AllowedValues: a list is expected"),
    ],
)
def test_a_parameter_that_cannot_be_understood_is_refused(declared: str, message: str) -> None:
    assert message in refused(declared)


def test_a_pattern_that_never_ends_is_given_up() -> None:
    declared = "Type: String, AllowedPattern: '(?:a|aa)+'"

    assert "AllowedPattern: the pattern takes too long" in refused(declared, "a" * 200 + "!")


def test_a_stored_parameter_is_stood_in_for_until_its_value_is_given() -> None:
    text = f"Parameters: {{P: {{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a}}}}\n{POOL}"

    before = parse(text, "t.yaml", {}, "us-east-1").values
    after = parse(text, "t.yaml", {"P": "known"}, "us-east-1").values

    assert (before.texts["P"], before.unknown["P"].words) == (
        "placeholder-P",
        "the parameter /a of Systems Manager",
    )
    assert (after.texts["P"], dict(after.unknown)) == ("known", {})


def test_an_account_can_be_given_too() -> None:
    values = parse(POOL, "t.yaml", {"AWS::AccountId": "210987654321"}, "us-east-1").values

    assert values.texts["AWS::AccountId"] == "210987654321"
    assert "210987654321" in values.texts["AWS::StackId"]
