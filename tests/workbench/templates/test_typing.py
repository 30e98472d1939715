"""Raw nodes into values of the type that the API's model gives the property."""

from typing import Any

import pytest

from sandbox_app.operations import shapes
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.reading import read
from sandbox_app.workbench.templates.typing import members, untyped

PLACE = Place("t.yaml", 1, "Pool")


def typed(text: str, operation: str = "CreateUserPool") -> dict[str, Any]:
    return members(read(text, "t.yaml"), shapes.input_members(operation), PLACE)


@pytest.mark.parametrize(
    "text", ["+12065551212", "12:34", "007", "1.0", "true", "2010-09-09", "'null'", "''"]
)
def test_a_text_stays_as_it_is_written(text: str) -> None:
    listed = typed(f"UserAttributes: [{{Name: a, Value: {text}}}]", "AdminCreateUser")

    assert listed == {"UserAttributes": [{"Name": "a", "Value": text.strip("'")}]}


@pytest.mark.parametrize("text", ["true", "True", "TRUE", "'true'", "yes", "on"])
def test_a_yes_is_true(text: str) -> None:
    assert typed(f"GenerateSecret: {text}", "CreateUserPoolClient") == {"GenerateSecret": True}


@pytest.mark.parametrize("text", ["false", "'False'", "no", "off"])
def test_a_no_is_false(text: str) -> None:
    assert typed(f"GenerateSecret: {text}", "CreateUserPoolClient") == {"GenerateSecret": False}


@pytest.mark.parametrize(("text", "number"), [("8", 8), ("'8'", 8), ("08", 8), ("-1", -1)])
def test_a_number_may_be_quoted(text: str, number: int) -> None:
    assert typed(f"Precedence: {text}", "CreateGroup") == {"Precedence": number}


def test_one_text_stands_for_a_list_of_it() -> None:
    assert typed("AliasAttributes: email") == {"AliasAttributes": ["email"]}


def test_a_table_of_free_names_keeps_them() -> None:
    assert typed("UserPoolTags: {team: 007, on: x}") == {"UserPoolTags": {"team": "007", "on": "x"}}


@pytest.mark.parametrize(
    ("text", "operation", "where", "reason"),
    [
        ("Colour: red", "CreateUserPool", "Colour", "no such property"),
        ("poolName: p", "CreateUserPool", "poolName", "no such property; did you mean PoolName?"),
        (
            "Policies: {PasswordPolicy: {Length: 8}}",
            "CreateUserPool",
            "Policies.PasswordPolicy.Length",
            "no such property",
        ),
        (
            "Policies: {PasswordPolicy: {MinimumLength: long}}",
            "CreateUserPool",
            "Policies.PasswordPolicy.MinimumLength",
            "a whole number is expected, not 'long'",
        ),
        (
            "Precedence: 1.0",
            "CreateGroup",
            "Precedence",
            "a whole number is expected, not '1.0'",
        ),
        ("Precedence: 1_0", "CreateGroup", "Precedence", "a whole number is expected, not '1_0'"),
        ("Precedence: [1]", "CreateGroup", "Precedence", "a whole number is expected"),
        (
            f"Precedence: {'9' * 30}",
            "CreateGroup",
            "Precedence",
            f"a whole number is expected, not {'9' * 30!r}",
        ),
        (
            "GenerateSecret: maybe",
            "CreateUserPoolClient",
            "GenerateSecret",
            "true or false is expected, not 'maybe'",
        ),
        (
            "GenerateSecret: 1",
            "CreateUserPoolClient",
            "GenerateSecret",
            "true or false is expected, not '1'",
        ),
        ("GenerateSecret:", "CreateUserPoolClient", "GenerateSecret", "true or false is expected"),
        ("PoolName: [p]", "CreateUserPool", "PoolName", "a text is expected"),
        ("PoolName:", "CreateUserPool", "PoolName", "a text is expected"),
        ("AliasAttributes: {a: b}", "CreateUserPool", "AliasAttributes", "a list is expected"),
        ("AliasAttributes:", "CreateUserPool", "AliasAttributes", "a list is expected"),
        ("Schema: email", "CreateUserPool", "Schema", "a list is expected"),
        (
            "Schema: [{Name: a}, email]",
            "CreateUserPool",
            "Schema[1]",
            "a table of names and values is expected",
        ),
        (
            "Schema: [{Name: a}, {Nam: b}]",
            "CreateUserPool",
            "Schema[1].Nam",
            "no such property; did you mean Name?",
        ),
        ("Policies: x", "CreateUserPool", "Policies", "a table of names and values is expected"),
    ],
)
def test_a_value_of_another_kind_is_refused_where_it_stands(
    text: str, operation: str, where: str, reason: str
) -> None:
    with pytest.raises(TemplateError) as error:
        typed(f"\n{text}", operation)

    assert str(error.value) == f"t.yaml:2: Pool.{where}: {reason}"


def test_what_governs_nothing_is_passed_over() -> None:
    table = read("EnabledMfas: [x]\nPoolName: p", "t.yaml")
    shape = shapes.input_members("CreateUserPool")

    assert members(table, shape, PLACE, frozenset({"EnabledMfas"})) == {"PoolName": "p"}


def test_a_table_of_plain_texts_holds_nothing_else() -> None:
    assert untyped(read("Sub: 007\nPassword: ''", "t.yaml"), PLACE) == {
        "Sub": "007",
        "Password": "",
    }
    for text in ("Sub: [a]", "Sub:", "Sub: {a: b}"):
        with pytest.raises(TemplateError, match=r"t\.yaml:1: Pool\.Sub: a text is expected"):
            untyped(read(text, "t.yaml"), PLACE)
