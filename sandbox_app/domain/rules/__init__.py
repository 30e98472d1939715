"""The rule catalogue: every contract rule with its sentence, its setting and how certain it is."""

from sandbox_app.domain.rules.catalogue import CATALOGUE, rule
from sandbox_app.domain.rules.rule import Certainty, Rule

__all__ = ["CATALOGUE", "Certainty", "Rule", "rule"]
