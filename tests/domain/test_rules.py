"""The rule catalogue, held against the code that applies it and the tests that quote it."""

import re
from pathlib import Path

from sandbox_app.domain.rules import CATALOGUE, Certainty

ROOT = Path(__file__).resolve().parents[2]
RULE = re.compile(
    r"\b(?:AZ|CO|DC|JW|LG|TK|TC|TR|TM|UI|RV|LO|TF)-\d+\b"
    r"|\b(?:HU|US|OI)-[A-Z0-9]+(?:[.-]\d+)*"
)

UNTESTED = {
    "AZ-22": "needs identity providers, which come with federation",
    "CO-3": "promises nothing: tests must not rely on it",
    "LG-6": "needs challenges after the password; the form's own five minutes are HU-G8",
    "LG-7": "needs federation",
}
"""Rules that no test quotes, each with its reason."""


def quoted(folder: str) -> set[str]:
    files = (ROOT / folder).rglob("*.py")
    return {
        rule
        for file in files
        if file != Path(__file__) and "rules" not in file.relative_to(ROOT).parts
        for rule in RULE.findall(file.read_text(encoding="utf-8"))
    }


def test_every_rule_is_quoted_by_a_test_or_excused() -> None:
    assert CATALOGUE.keys() - quoted("tests") == UNTESTED.keys()


def test_the_code_names_no_rule_that_the_catalogue_lacks() -> None:
    named = quoted("sandbox_app/flows") | quoted("sandbox_app/server")
    headings = {"HU-4.1", "HU-1.2", "HU-1.3"}

    assert named - headings <= CATALOGUE.keys()


def test_a_rule_reads_as_a_sentence_and_says_how_it_is_known() -> None:
    for rule_id, rule in CATALOGUE.items():
        assert rule.id == rule_id
        assert rule.sentence
        assert not rule.sentence.endswith(".")
        assert isinstance(rule.certainty, Certainty)
