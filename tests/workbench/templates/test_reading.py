"""YAML and JSON text as nodes that keep their lines and their scalars as raw text."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_app.domain.resources import resource_path
from sandbox_app.workbench.templates import reading
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.nodes import Items, Node, Scalar, Table
from sandbox_app.workbench.templates.reading import read

REAL_WORLD = Path(__file__).parent / "real_world"


def plain(node: Node | None) -> object:
    """Nodes as Python's own tables, lists and texts."""
    if isinstance(node, Table):
        return {entry.key: plain(entry.value) for entry in node}
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return None if node.null else node.text


def refused(text: str) -> str:
    with pytest.raises(TemplateError) as error:
        read(text, "t.yaml")
    return str(error.value)


@pytest.mark.parametrize(
    "text",
    ["+12065551212", "12:34", "007", "0x1F", "1_000", "2010-09-09", "1e3", ".5", "yes", "=", "<<"],
)
def test_a_scalar_stays_the_text_it_is(text: str) -> None:
    assert plain(read(f"a: {text}", "t.yaml")) == {"a": text}


def test_nothing_is_told_from_an_empty_text() -> None:
    assert plain(read("{a: , b: ~, c: null, d: '', e: 'null'}", "t.yaml")) == {
        "a": None,
        "b": None,
        "c": None,
        "d": "",
        "e": "null",
    }


def test_lines_are_kept_for_keys_and_values() -> None:
    root = read("a:\n  - x\n  - k:\n\n      y\n", "t.yaml")

    (entry,) = root.entries
    assert entry.line == 1
    assert isinstance(entry.value, Items)
    assert [item.line for item in entry.value.items] == [2, 3]


def test_short_tags_are_tables_of_one_function() -> None:
    text = "[!Ref A, !GetAtt A.b, !Sub 's', !Join [',', [a]], !Condition C]"

    assert plain(read(f"a: {text}", "t.yaml")) == {
        "a": [
            {"Ref": "A"},
            {"Fn::GetAtt": "A.b"},
            {"Fn::Sub": "s"},
            {"Fn::Join": [",", ["a"]]},
            {"Condition": "C"},
        ]
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"a":"b","c":[1,true,null]}',
        '{\n\t"a":\t"b",\n\t"c": [1,\ttrue,\tnull]\n}',
        '\ufeff\t{"a": "b", "c": [1, true, null]}',
        '{"a": "\\u0062", "c": [1, true, null]}',
        "a: b\nc: [1, true, null]\n",
        "a: b\r\nc:\r\n- 1\r\n- true\r\n- null\r\n",
        "---\na: b\nc: [1, true, null]\n...\n",
        "\ufeffa: b\nc: [1, true, null]\n",
    ],
)
def test_json_and_yaml_say_the_same(text: str) -> None:
    assert plain(read(text, "t.json")) == {"a": "b", "c": ["1", "true", None]}


def test_a_character_that_json_writes_in_two_halves_is_one() -> None:
    assert plain(read('{"\\ud83e\\udd8a": "\\ud83e\\udd8a"}', "t.json")) == {"🦊": "🦊"}


def test_an_alias_is_what_it_stands_for() -> None:
    assert plain(read("a: &x [1]\nb: *x\n", "t.yaml")) == {"a": ["1"], "b": ["1"]}


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{below}'] * 10)}]"
    for below, name in zip("abcdefgh", "bcdefghi", strict=True)
)

DEEP_ALIASES = f"a: &a {'[' * 40}{']' * 40}\nb: &b [[*a]]\nc: {'[' * 20}*b{']' * 20}"


@pytest.mark.parametrize(
    ("what", "text", "message"),
    [
        ("an alias bomb", BOMB, "t.yaml:6: with what *e stands for, the template is too large"),
        ("an alias of itself", "a: &x\n- *x", "t.yaml:2: *x stands inside what it stands for"),
        ("deep lists", f"a: {'[' * 100}{']' * 100}", "or too deep (60)"),
        ("deep aliases", DEEP_ALIASES, "t.yaml:3: with what *b stands for, the template is too"),
        ("very deep lists", f"a: {'[' * 20_000}", "t.yaml:1: "),
        ("deep blocks", "- " * 5_000 + "x", "t.yaml:1: "),
        ("one key twice", "a: 1\nb: 2\na: 3", "t.yaml:3: a stands here twice"),
        ("one key twice inside", "a:\n  b: 1\n  b: 2", "t.yaml:3: b stands here twice"),
        ("one key twice in JSON", '{"a": 1,\n"a": 2}', "t.yaml:2: a stands here twice"),
        ("a list as a key", "? [a]\n: b", "t.yaml:1: a key must be plain text"),
        ("an unclosed list", "a:\n  [x,\n", "t.yaml:3: the text ends before its last"),
        ("an unclosed table", '{"a": {\n"b": 1\n}\n\n', "t.yaml:1: what begins here lacks its"),
        ("a value too little", "a: [x, {b: ,, }]", "t.yaml:1: a value is missing before ,"),
        ("text after the end", '{"a": 1} b', "t.yaml:1: the template ended before this"),
        ("a bracket too many", "a: [x]]", "t.yaml:1: there is a ] too many"),
        ("an unknown alias", "a: *x", "t.yaml:1: *x stands for nothing: there is no &x above"),
        ("two documents", "a: 1\n---\nb: 2", "t.yaml:2: a second document begins here"),
        ("a tab", "a:\n\tb: 1", "t.yaml:2: a tab stands here"),
        ("a line too far out", "a:\n    b: 1\n  c: 2", "t.yaml:3: this does not go with"),
        ("a colon in a value", "a:\n  b: c: d", "t.yaml:2: a colon too many"),
        ("no colon above", "a:\n  b\n  c: 1", "t.yaml:3: a colon too many"),
        ("no colon", "a:\n  x: y\n  b\n    c: 1", "t.yaml:3: a colon is missing after this name"),
        ("no end of a quotation", "a:\n  b: 'c\n  d: 1\n", "t.yaml:2: a quotation mark is missing"),
        ("no comma in JSON", '{"a": 1\n"b": 2}', "t.yaml:2: a comma or the closing } is missing"),
        ("a reserved sign", "a: @b", "t.yaml:1: no value can begin with @: put it in quotes"),
        ("nothing", "", "t.yaml:1: the file is empty"),
        ("only a remark", "# nothing", "t.yaml:1: the file is empty"),
        ("a list", "- a", "t.yaml:1: a template is a table with Resources in it"),
        ("a text", "hello", "t.yaml:1: a template is a table with Resources in it"),
        ("a function", "!Ref A", "t.yaml:1: "),
        ("a NUL", "a: \x00", "t.yaml:1: this is not text that YAML can hold"),
        ("half a character", 'x: y\na: "\\ud83e"', "t.yaml:2: half a character stands here"),
        ("half a key", '"\\udd8a": a', "t.yaml:1: half a character stands here"),
        ("no character at all", 'a: "\\UFFFFFFFF"', "t.yaml:1: an escape names no character"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_line(what: str, text: str, message: str) -> None:
    if what == "a function":
        # The table of one function is a table; what is missing is told later.
        assert plain(read(text, "t.yaml")) == {"Ref": "A"}
        return
    assert message in refused(text)


TEXTS = st.recursive(
    st.text(max_size=6) | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@given(tree=st.dictionaries(st.text(max_size=4), TEXTS, min_size=1), json_like=st.booleans())
@settings(deadline=None)
def test_the_fast_reader_and_the_slow_one_read_the_same(tree, json_like: bool) -> None:
    text = json.dumps(tree, ensure_ascii=json_like) if json_like else yaml.safe_dump(tree)

    assert read(text, "t.yaml") == reading._read_slowly(text, "t.yaml")


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML came without libyaml")
def test_what_is_well_formed_needs_only_the_fast_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(reading, "_read_slowly")
    for path in (*REAL_WORLD.iterdir(), resource_path("seeds/demo.yaml")):
        assert read(path.read_text(encoding="utf-8"), path.name).entries
