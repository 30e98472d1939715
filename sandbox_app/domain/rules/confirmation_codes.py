"""Rules of the codes that confirm an address or a forgotten password (contract users 3 and 4).

The contract leaves these lines without ids; they are numbered as they stand in section 4.
"""

from sandbox_app.domain.rules.rule import Certainty, Rule

RULES = (
    Rule(
        id="US-4-1",
        sentence="A sign-up code is good for 24 hours, and entered at most 15 times an hour",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="US-4-2",
        sentence="A code for a forgotten password is good for an hour, and entered at most 5 times",
        certainty=Certainty.DOCUMENTED,
    ),
    Rule(
        id="US-4-7",
        sentence="The code is the one that was sent last",
        certainty=Certainty.OBSERVED,
        real_service="CodeMismatchException: Invalid verification code provided, please try again.",
    ),
    Rule(
        id="US-4-8",
        sentence="A code was asked for, and has not expired",
        certainty=Certainty.OBSERVED,
        real_service="ExpiredCodeException: Invalid code provided, please request a code again.",
    ),
    Rule(
        id="US-4-9",
        sentence="Codes are not asked for or entered too often",
        certainty=Certainty.OBSERVED,
        real_service="LimitExceededException: Attempt limit exceeded, please try after some time.",
    ),
)
