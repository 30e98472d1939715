"""A template as text that other tools read the same: YAML with CloudFormation's tags, or JSON."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

# Anything else is quoted: readers of YAML disagree on what a bare `on`, `012` or `1e3` is.
_BARE = re.compile(r"[A-Za-z][\w./@+-]*((::?| )[\w./@+-]+)*", re.ASCII)
_REF = "!Ref"
_WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to another resource of the template."""

    logical_id: str


def as_yaml(template: Mapping[str, Any], comments: Sequence[str]) -> str:
    """The template with the comments above it and an empty line between resources."""
    above = "".join(f"# {_one_line(comment)}".rstrip() + "\n" for comment in comments)
    parts = []
    for name, value in template.items():
        if name == "Resources":
            resources = (_dumped({key: item}, indent=2) for key, item in value.items())
            parts.append("Resources:\n" + "\n".join(resources))
        else:
            parts.append(_dumped({name: value}))
    return f"{above}\n{''.join(parts)}" if above else "".join(parts)


def as_json(template: Mapping[str, Any]) -> str:
    """The template as JSON in ASCII, references written out."""
    return json.dumps(template, indent=2, default=_reference) + "\n"


def _reference(value: object) -> dict[str, str]:
    if isinstance(value, Ref):
        return {"Ref": value.logical_id}
    raise TypeError(f"a template holds no {type(value).__name__}")


class _Dumper(yaml.SafeDumper):
    """Writes references as tags, texts so that they stay texts, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # Items of a list stand further in than their name, as people write them.
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        # An id is letters and digits, which need no quotes behind the tag.
        is_reference = isinstance(self.event, yaml.ScalarEvent) and self.event.tag == _REF
        return "" if is_reference else super().choose_scalar_style()


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    bare = _BARE.fullmatch(text) and text.lower() not in _WORDS
    style = None if bare else "'" if text.isprintable() else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _tagged(dumper: yaml.SafeDumper, reference: Ref) -> yaml.ScalarNode:
    return dumper.represent_scalar(_REF, reference.logical_id)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Ref, _tagged)


def _dumped(value: Any, indent: int = 0) -> str:
    text: str = yaml.dump(
        value,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=False,
        width=float("inf"),
    )
    # Every text stands on one line, so that what is indented here is only the template's own.
    return "".join(f"{' ' * indent}{line}\n" for line in text.splitlines()) if indent else text


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
