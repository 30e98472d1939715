"""A literal means its text again, once the language it was written in has read it."""

import ast
import json
import re
import subprocess
import tomllib

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox_app.workbench.connect.snippets.literals import dotenv, js, python, shell, toml, yaml

# No NUL for a shell: no argument can hold one.
ODD = "'\"\\`$#{}%!&;|<>()*?~ \t\r\n\x0b\x7f\x85\u2028\u2029\ufeffé漢😀"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])))
TYPED = TEXTS.filter(lambda text: "\0" not in text)
_JS = re.compile(
    r"'(?:[^'\\\x00-\x1f\u2028\u2029]|\\['\"\\/bfnrt]|\\u[0-9a-f]{4}|\\x[0-9a-f]{2})*'"
)


def read_js(literal: str) -> str:
    """Read a single-quoted ECMAScript string that uses only escapes of JSON, \\' and \\x."""
    assert _JS.fullmatch(literal), literal
    inner = literal[1:-1].replace('"', '\\"')
    inner = re.sub(r"\\\\|\\'|\\x(..)", _json_escape, inner)
    return str(json.loads(f'"{inner}"'))


def _json_escape(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\u00{match[1]}"
    return "'" if match[0] == "\\'" else match[0]


def read_dotenv(line: str) -> str:
    """Read a value as dotenv readers agree to: bare, or literal in one pair of quotes."""
    value = line.partition("=")[2]
    if value[:1] in ("'", '"'):
        assert value[0] == value[-1]
        assert len(value) > 1
        value = value[1:-1]
        assert "\\" not in value
        assert "${" not in value
    else:
        assert not re.search(r"[\s#'\"\\$`]", value)
    return value


@given(TEXTS)
def test_a_javascript_literal_reads_back(text: str) -> None:
    assert read_js(js(text)) == text


@given(TEXTS)
def test_a_python_literal_reads_back(text: str) -> None:
    assert ast.literal_eval(python(text)) == text


@given(TEXTS)
def test_a_yaml_literal_reads_back(text: str) -> None:
    assert pyyaml.safe_load(f"key:\n  inner: {yaml(text)}\n") == {"key": {"inner": text}}


@given(TEXTS)
def test_a_toml_literal_reads_back(text: str) -> None:
    assert tomllib.loads(f"key = {toml(text)}\n") == {"key": text}


@settings(max_examples=4, deadline=None)
@given(st.lists(TYPED, min_size=40, max_size=80))
def test_a_shell_reads_each_word_back(texts: list[str]) -> None:
    script = "printf '%s\\0' " + " ".join(map(shell, texts))

    out = subprocess.run(["sh", "-c", script], capture_output=True, check=True).stdout

    assert out.decode().split("\0")[:-1] == texts


@settings(max_examples=4, deadline=None)
@given(st.lists(TYPED, min_size=40, max_size=80))
def test_a_dotenv_value_reads_back_in_a_shell_too_or_is_not_written(texts: list[str]) -> None:
    written = {f"V{at}": dotenv(text) for at, text in enumerate(texts)}
    lines = {name: f"{name}={literal}" for name, literal in written.items() if literal is not None}
    script = "\n".join([*lines.values(), *(f'printf "%s\\0" "${name}"' for name in lines)])

    out = subprocess.run(["sh", "-c", script], capture_output=True, check=True).stdout

    expected = [texts[int(name[1:])] for name in lines]
    assert out.decode().split("\0")[:-1] == expected
    assert [read_dotenv(line) for line in lines.values()] == expected


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", ""),
        ("http://localhost:5173/a?b=1&c=%20", "'http://localhost:5173/a?b=1&c=%20'"),
        ("openid email", "'openid email'"),
        ("it's", '"it\'s"'),
        ("$HOME", "'$HOME'"),
        ("${HOME}", None),
        ("it's $5", None),
        ("a\\b", None),
        ("a\nb", None),
    ],
)
def test_dotenv_quotes_what_needs_it_and_gives_up_where_readers_disagree(text, literal) -> None:
    assert dotenv(text) == literal
