"""`Ref`, `Fn::GetAtt`, `Fn::Sub` and `Fn::Join`, in both spellings."""

import pytest

from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.intrinsics import resolve
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table
from sandbox_app.workbench.templates.reading import read
from sandbox_app.workbench.templates.scope import Scope

SCOPE = Scope(
    values={"Stage": "dev", "Names": "a, b,c", "None": "", "AWS::Region": "eu-west-1"},
    lists=frozenset({"Names", "None"}),
    reference=lambda name, _place: {"Pool": "eu-west-1_A"}.get(name),
    attribute=lambda name, attribute, _place: {
        ("Pool", "Arn"): "arn:pool",
        ("Nested", "Outputs.Url"): "https://nested.example",
    }.get((name, attribute)),
    resources=("Pool", "Nested"),
)


def plain(node: Node) -> object:
    if isinstance(node, Table):
        return {entry.key: plain(entry.value) for entry in node}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def resolved(text: str) -> object:
    node = resolve(read(f"a: {text}", "t.yaml"), SCOPE, Place("t.yaml", 1, "Pool"))
    assert isinstance(node, Table)
    return plain(node).get("a", "left out")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("short", "long", "value"),
    [
        ("!Ref Stage", "{Ref: Stage}", "dev"),
        ("!Ref Pool", '{"Ref": "Pool"}', "eu-west-1_A"),
        ("!Ref AWS::Region", '{Ref: "AWS::Region"}', "eu-west-1"),
        ("!Ref Names", "{Ref: Names}", ["a", "b", "c"]),
        ("!Ref None", "{Ref: None}", []),
        ("!Ref AWS::NoValue", '{Ref: "AWS::NoValue"}', "left out"),
        ("!GetAtt Pool.Arn", "{'Fn::GetAtt': [Pool, Arn]}", "arn:pool"),
        ("!GetAtt [Pool, Arn]", "{'Fn::GetAtt': Pool.Arn}", "arn:pool"),
        ("!GetAtt Nested.Outputs.Url", "{'Fn::GetAtt': [Nested, Outputs.Url]}", None),
        ("!Sub 'x-${Stage}-${Pool}'", "{'Fn::Sub': 'x-${Stage}-${Pool}'}", "x-dev-eu-west-1_A"),
        ("!Sub '${Pool.Arn}/${AWS::Region}'", None, "arn:pool/eu-west-1"),
        ("!Sub '${ Stage }'", None, "dev"),
        ("!Sub '${!Stage} $Stage ${Stage}'", None, "${Stage} $Stage dev"),
        ("!Sub ['${x}-${Stage}', {x: y}]", "{'Fn::Sub': ['${x}-${Stage}', {x: y}]}", "y-dev"),
        ("!Sub ['${x}', {x: !Ref Pool}]", None, "eu-west-1_A"),
        ("!Sub ['${Stage}', {Stage: own}]", None, "own"),
        ("!Join ['-', [a, !Ref Stage]]", "{'Fn::Join': ['-', [a, {Ref: Stage}]]}", "a-dev"),
        ("!Join ['', []]", None, ""),
        ("!Join ['+', !Ref Names]", None, "a+b+c"),
        ("!Join ['-', [a, !Ref AWS::NoValue, b]]", None, "a-b"),
        ("[!Ref AWS::NoValue, b]", None, ["b"]),
        ("{b: !Ref AWS::NoValue, c: d}", None, {"c": "d"}),
        ("{Ref: Stage, Other: x}", None, {"Ref": "Stage", "Other": "x"}),
    ],
)
def test_a_function_yields_its_value(short: str, long: str | None, value: object) -> None:
    expected = "https://nested.example" if value is None else value

    for text in filter(None, (short, long)):
        assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("!Ref Nobody", "Nobody is neither a parameter nor a resource read here"),
        ("!Ref [a]", "Ref takes a name"),
        ("!GetAtt Pool.Colour", "Pool.Colour is not known here"),
        ("!GetAtt Pool", "Fn::GetAtt takes Resource.Attribute"),
        ("!GetAtt [Pool, [Arn]]", "Fn::GetAtt takes two names"),
        ("!Sub '${Nobody}'", "Nobody is neither a parameter nor a resource read here"),
        ("!Sub '${Pool.Colour}'", "Pool.Colour is not known here"),
        ("!Sub '${}'", " is neither a parameter nor a resource read here"),
        ("!Sub {a: b}", "Fn::Sub takes a text"),
        ("!Sub [a]", "Fn::Sub takes a text, or a text and a table of names"),
        ("!Sub ['${x}', {x: [a]}]", "x is not a text"),
        ("!Sub ['${x}', {x: !Ref AWS::NoValue}]", "x is not a text"),
        ("!Join [',']", "Fn::Join takes a delimiter and a list"),
        ("!Join [',', a]", "Fn::Join takes a delimiter and a list"),
        ("!Join [[','], [a]]", "the delimiter is a text"),
        ("!Join [',', [[a]]]", "Fn::Join joins texts"),
        ("!If [a, b, c]", "there is no condition a"),
        ("!If [a, b]", "Fn::If takes a condition and two values"),
        ("{'Fn::Contains': x}", "Fn::Contains is not a function that is read here"),
    ],
)
def test_a_function_that_cannot_be_is_refused_where_it_stands(text: str, reason: str) -> None:
    with pytest.raises(TemplateError) as error:
        resolve(read(f"b: c\na: {text}", "t.yaml"), SCOPE, Place("t.yaml", 1, "Pool"))

    assert str(error.value) == f"t.yaml:2: Pool.a: {reason}"
