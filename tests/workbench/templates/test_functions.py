"""The functions beyond `Ref` and `Sub`, in both spellings, and what no template may do to them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_app.workbench.templates.conditions import Conditions
from sandbox_app.workbench.templates.errors import Place, TemplateError
from sandbox_app.workbench.templates.functions import FUNCTIONS, plain
from sandbox_app.workbench.templates.intrinsics import resolve
from sandbox_app.workbench.templates.nodes import Entry, Items, Node, Scalar, Table
from sandbox_app.workbench.templates.reading import read
from sandbox_app.workbench.templates.scope import Notes, Scope
from sandbox_app.workbench.templates.template import parse

MAPPINGS = """
Sizes:
  dev: {Count: 2, Zones: [a, b]}
"""


def scope() -> Scope:
    mappings = read(MAPPINGS, "t.yaml")
    values = {"Stage": "dev", "Names": "a,b", "Secret": "s3cret", "AWS::Region": "eu-west-1"}
    conditions = Conditions(
        read("Yes: !Equals [a, a]\nNo: !Not [!Condition Yes]", "t.yaml"),
        Scope(values),
        "t.yaml",
        Notes(),
    )
    return Scope(
        values,
        frozenset({"Names"}),
        secret=frozenset({"Secret"}),
        mappings=mappings,
        condition=conditions.holds,
    )


def resolved_node(text: str) -> Node:
    root = resolve(read(f"a: {text}", "t.yaml"), scope(), Place("t.yaml", 1, "Pool"))
    assert isinstance(root, Table)
    return root.get("a") or Scalar("left out", 0)


@pytest.mark.parametrize(
    ("short", "long", "value"),
    [
        ("!Select [1, [x, y]]", "{'Fn::Select': ['1', [x, y]]}", "y"),
        ("!Select [0, !Ref Names]", None, "a"),
        ("!Split [',', 'a,b,,c']", "{'Fn::Split': [',', 'a,b,,c']}", ["a", "b", "", "c"]),
        ("!Join ['-', !Split [',', 'a,b']]", None, "a-b"),
        ("!If [Yes, a, b]", "{'Fn::If': [Yes, a, b]}", "a"),
        ("!If [No, a, !If [Yes, c, d]]", None, "c"),
        ("!If [No, a, !Ref AWS::NoValue]", None, "left out"),
        ("[!If [No, a, !Ref AWS::NoValue], b]", None, ["b"]),
        ("!If [Yes, {b: !Ref Stage}, c]", None, {"b": "dev"}),
        ("!If [Yes, ok, !Ref Nobody]", None, "ok"),
        ("!FindInMap [Sizes, !Ref Stage, Count]", None, "2"),
        ("!FindInMap [Sizes, dev, Zones]", "{'Fn::FindInMap': [Sizes, dev, Zones]}", ["a", "b"]),
        ("!FindInMap [Sizes, x, y, {DefaultValue: !Ref Stage}]", None, "dev"),
        ("!Base64 hello", "{'Fn::Base64': hello}", "aGVsbG8="),
        ("!Length [a, b]", "{'Fn::Length': {Ref: Names}}", "2"),
        ("!ToJsonString {a: [1, !Ref Stage]}", None, '{"a":["1","dev"]}'),
        ("!Sub ['${x}', {x: !Join ['', [a, b]]}]", None, "ab"),
    ],
)
def test_a_function_yields_its_value(short: str, long: str | None, value: object) -> None:
    for text in filter(None, (short, long)):
        assert plain(resolved_node(text)) == value


@pytest.mark.parametrize(
    ("text", "value", "words"),
    [
        ("!ImportValue shared-arn", "placeholder-import-shared-arn", "the export shared-arn"),
        ("'{{resolve:ssm:/a/b:3}}'", "placeholder-ssm-a-b-3", "{{resolve:ssm:/a/b:3}}"),
        ("'x-{{resolve:ssm:/a}}'", "x-placeholder-ssm-a", "{{resolve:ssm:/a}}"),
        (
            "!Sub '{{resolve:secretsmanager:${Stage}:SecretString:key}}'",
            "placeholder-secretsmanager-dev-SecretString-key",
            "{{resolve:secretsmanager:dev:SecretString:key}}",
        ),
        ("!Select [0, !GetAZs '']", "us-east-1a", "the zones of us-east-1"),
        ("!Select [1, !Cidr ['10.0.0.0/16', 2, 8]]", "10.0.1.0/24", "a block of addresses"),
        ("!Select [2, !Split ['-', !ImportValue x]]", "placeholder-import-x", "the export x"),
        ("!Base64 'a{{resolve:ssm:/a}}'", "YXBsYWNlaG9sZGVyLXNzbS1h", "{{resolve:ssm:/a}}"),
    ],
)
def test_what_only_the_real_service_knows_is_marked(text: str, value: str, words: str) -> None:
    found = resolved_node(text)

    assert isinstance(found, Scalar)
    assert found.text == value
    assert found.unknown is not None
    assert found.unknown.words.startswith(words)


@pytest.mark.parametrize(
    "text",
    ["!Ref Secret", "!Sub 'x${Secret}'", "!Base64 {Ref: Secret}", "!Join ['', [!Ref Secret]]"],
)
def test_a_secret_stays_one_whatever_is_made_of_it(text: str) -> None:
    found = resolved_node(text)

    assert isinstance(found, Scalar)
    assert found.secret


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("!Select [2, [a]]", "there is no item 2 among 1"),
        ("!Select [-1, [a]]", "Fn::Select takes a number and a list"),
        ("!Select [a, [a]]", "Fn::Select takes a number and a list"),
        ("!Select [0, a]", "Fn::Select takes a number and a list"),
        ("!Split ['', a]", "the delimiter is empty"),
        ("!Split [a]", "Fn::Split takes a delimiter and a text"),
        ("!If [Maybe, a, b]", "there is no condition Maybe"),
        ("!FindInMap [Sizes, prod, Count]", "there is no Sizes.prod.Count in Mappings"),
        ("!FindInMap [Sizes, !Ref Secret, x]", "there is no Sizes.****.x in Mappings"),
        ("!FindInMap [Sizes]", "Fn::FindInMap takes a map and two names"),
        ("!Length a", "Fn::Length takes a list"),
        ("!ToJsonString a", "Fn::ToJsonString takes a table or a list"),
        ("!Base64 [a]", "Fn::Base64 takes a text"),
        ("!Base64 {Ref: 'AWS::NoValue'}", "Fn::Base64 of nothing"),
        ("!Cidr [a, 0]", "Fn::Cidr takes a count from 1 to 256"),
        ("!Transform {Name: x}", "Fn::Transform: macros are not run here; write out what it makes"),
        (
            "{'Fn::ForEach::X': [a]}",
            "Fn::ForEach: loops are not unrolled here; write out what it makes",
        ),
    ],
)
def test_a_function_that_cannot_be_is_refused(text: str, reason: str) -> None:
    with pytest.raises(TemplateError) as error:
        resolved_node(text)

    assert error.value.reason == reason


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("A: !Condition B\n  B: !Not [!Condition A]", "go in a circle: A → B → A"),
        ("A: !Condition A", "go in a circle: A → A"),
        ("A: !Condition C", "there is no condition C"),
        ("A: !And [!Equals [a, b]]", "2 to 10 conditions are expected in a list"),
        ("A: !Not [!Equals [a, b], !Equals [a, b]]", "one condition is expected in a list"),
        ("A: !Equals [a]", "Fn::Equals compares two values"),
        ("A: !Equals [!Ref Pool, a]", "Pool is neither a parameter nor a resource read here"),
        ("A: yes", "a condition is Fn::Equals"),
        ("'Fn::ForEach::A': [x]", "loops are not unrolled"),
    ],
)
def test_a_condition_that_cannot_be_decided_is_refused(section: str, message: str) -> None:
    text = f"Conditions:\n  {section}\nResources: {{Pool: {{Type: 'AWS::Cognito::UserPool'}}}}"

    with pytest.raises(TemplateError) as error:
        parse(text, "t.yaml", {}, "us-east-1")

    assert message in str(error.value)
    assert str(error.value).startswith(("t.yaml:2: Conditions.", "t.yaml:3: Conditions."))


def test_tables_are_not_merged() -> None:
    with pytest.raises(TemplateError, match=r"t\.yaml:3: CloudFormation merges no tables"):
        read("a: &a {b: c}\nd:\n  <<: *a", "t.yaml")


NAMES = st.sampled_from(
    ["Ref", "Condition", "x", "Stage", "Names", "dev", "Sizes", "Count", "0", "", "AWS::NoValue"]
    + ["Yes", "No", "DefaultValue", "${Stage}", "${!a}", "${", "{{resolve:ssm:a}}", "{{resolve:"]
    + [
        f"Fn::{name}"
        for name in (
            *(name.removeprefix("Fn::") for name in FUNCTIONS),
            *("Sub", "If", "FindInMap", "GetAtt", "Equals", "And", "ForEach::x", "Transform"),
        )
    ]
)
SCALARS = st.builds(Scalar, NAMES | st.text(max_size=5), st.just(1), st.booleans())


def tables(children: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    members = st.lists(st.tuples(NAMES, children), max_size=3, unique_by=lambda pair: pair[0])
    return members.map(lambda pairs: Table(tuple(Entry(*pair, 1) for pair in pairs), 1))


NODES: st.SearchStrategy[Node] = st.recursive(
    SCALARS,
    lambda children: (
        st.lists(children, max_size=4).map(lambda items: Items(tuple(items), 1)) | tables(children)
    ),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(NODES)
def test_whatever_stands_there_is_resolved_or_refused(node: Node) -> None:
    try:
        found = resolve(node, scope(), Place("t.yaml", 1, "Pool"))
    except TemplateError:
        return
    assert found is None or isinstance(found, Scalar | Items | Table)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES, NODES, max_size=4))
def test_whatever_conditions_say_they_are_decided_or_refused(section: dict[str, Node]) -> None:
    table = Table(tuple(Entry(name, node, 1) for name, node in section.items()), 1)
    try:
        decided = Conditions(table, scope(), "t.yaml", Notes())
    except TemplateError:
        return
    for name in section:
        assert decided.holds(name, Place("t.yaml", 1)) in (True, False)
