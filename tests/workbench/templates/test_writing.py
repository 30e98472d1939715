"""Templates as text: what YAML would change stays what it was."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.workbench.templates.nodes import Scalar, Table
from sandbox_app.workbench.templates.reading import read
from sandbox_app.workbench.templates.writing import Ref, as_json, as_yaml

TRAPS = (
    *(
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "N",
        "true",
        "null",
        "Null",
        "~",
        "",
        "NaN",
        ".inf",
        "<<",
        "=",
    ),
    *("012", "0x1f", "0o17", "1e3", "12:34", "1_000", "+12065551212", "2024-01-01", "3.10", "-0"),
    *("a: b", "a #b", "#a", "*a", "&a", "!a", "!Ref A", "'", '"', "a'b", "- a", "?", "-", "---"),
    *("[a]", "{a}", "%a", "@a", "`a", "|", ">", "a:", ":a", "${A}", "\\n", "\\"),
    *("\N{GRINNING FACE}", "a\nb", "a\n\n  b\n", "\ta", " a", "a ", "a\r\nb", "\x85", "\u2028"),
    *("\x00", "\x1b[1m", "\x7f", "\ufeff", "\ufffe", "\xa0", "e\u0301", "https://a.example/b:80"),
)


class Tagged(yaml.SafeLoader):
    """PyYAML with CloudFormation's tag, as other programs set it up."""


Tagged.add_constructor("!Ref", lambda loader, node: {"Ref": loader.construct_scalar(node)})


def raw(text: str) -> str:
    node = read(text, "t").get("Resources")
    while isinstance(node, Table):
        node = node.entries[0].value
    assert isinstance(node, Scalar)
    assert not node.null
    return node.text


def resources(value: Any) -> dict[str, Any]:
    return {"Resources": {"A": {"Properties": {"Value": value}}}}


@pytest.mark.parametrize("text", TRAPS)
def test_a_text_that_yaml_would_take_for_something_else_stays_a_text(text: str) -> None:
    template = resources(text)

    assert yaml.safe_load(as_yaml(template, ())) == template
    assert json.loads(as_json(template)) == template
    assert raw(as_yaml(template, ())) == raw(as_json(template)) == text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
def test_any_text_survives_both_formats(text: str) -> None:
    template = resources(text)

    assert yaml.safe_load(as_yaml(template, ())) == template
    assert raw(as_yaml(template, ())) == raw(as_json(template)) == text


TREES = st.recursive(
    TEXTS | st.booleans() | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(TREES)
def test_whatever_a_pool_keeps_survives_both_formats(value: Any) -> None:
    template = resources(value)

    assert yaml.safe_load(as_yaml(template, ())) == template
    assert json.loads(as_json(template)) == template


@pytest.mark.parametrize("key", ["k" * 2000, "k y" * 700, "k'\n" * 700])
def test_a_key_may_be_longer_than_yaml_looks_for_its_colon(key: str) -> None:
    template = resources([{key: {key: [key]}}])

    assert yaml.safe_load(as_yaml(template, ())) == template


def test_it_is_laid_out_as_people_write_it() -> None:
    value = {"List": ["a", {"B": 1, "C": []}, [True, ["x"]]], "Table": {}, "Css": "a\n\tb"}

    assert as_yaml({"Version": "1", **resources(value)}, ["One", "Two"]) == LAYOUT


LAYOUT = """\
# One
# Two

Version: '1'
Resources:
  A:
    Properties:
      Value:
        List:
          - a
          - B: 1
            C: []
          - - true
            - - x
        Table: {}
        Css: "a\\n\\tb"
"""


@pytest.mark.parametrize("text", ["y", "1e3", "0o17", "012", "12e03", "1206", "~"])
def test_what_only_other_versions_of_yaml_misread_is_quoted(text: str) -> None:
    assert f"'{text}'" in as_yaml(resources(text), ())


def test_a_reference_is_short_in_yaml_and_long_in_json() -> None:
    template = resources(Ref("Pool"))

    assert "Value: !Ref Pool\n" in as_yaml(template, ())
    assert yaml.load(as_yaml(template, ()), Tagged) == json.loads(as_json(template))
    assert json.loads(as_json(template))["Resources"]["A"]["Properties"] == {
        "Value": {"Ref": "Pool"}
    }


def test_numbers_and_truths_stay_what_they_are() -> None:
    value = {"Number": 7, "Truth": True, "None": [], "Texts": ["7", "true"]}

    assert yaml.safe_load(as_yaml(resources(value), ())) == resources(value)


def test_the_same_list_twice_is_written_twice() -> None:
    shared = ["a", "b"]

    assert "*" not in as_yaml(resources({"One": shared, "Two": shared}), ())


def test_a_comment_stays_one_comment_whatever_is_in_it() -> None:
    text = as_yaml(resources("x"), ("pool\nResources: {}\u2028more",))

    assert text.startswith("# pool Resources: {} more\n\n")
    assert yaml.safe_load(text) == resources("x")
