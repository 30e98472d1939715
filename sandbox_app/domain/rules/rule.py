"""What is known of one contract rule."""

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How a rule came to be known; the window says so beside every refusal."""

    DOCUMENTED = "documented"
    OBSERVED = "observed on a live pool"
    INFERRED = "inferred"
    OURS = "our own choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of the contract.

    `sentence` says what must hold. `real_service` is all that the real service lets its user
    see on a refusal, empty where the rule refuses nothing. `setting` is the member of the pool
    or client that governs it, in the API's spelling, empty where nothing does.
    """

    id: str
    sentence: str
    certainty: Certainty
    real_service: str = ""
    setting: str = ""
