"""A password policy rule by rule, to be ticked off while a password is typed."""

from dataclasses import replace

from sandbox_app.domain.records.pools import PasswordPolicy
from sandbox_app.factors.policy import broken_rule


def policy_rules(policy: PasswordPolicy, password: str) -> list[tuple[str, bool]]:
    """Each rule of a policy in words, and whether the password keeps it."""
    nothing = replace(
        policy,
        minimum_length=0,
        require_uppercase=False,
        require_lowercase=False,
        require_numbers=False,
        require_symbols=False,
    )
    asked: list[tuple[str, PasswordPolicy, bool]] = [
        (
            f"At least {policy.minimum_length} characters",
            replace(nothing, minimum_length=policy.minimum_length),
            True,
        ),
        (
            "An upper-case letter",
            replace(nothing, require_uppercase=True),
            policy.require_uppercase,
        ),
        ("A lower-case letter", replace(nothing, require_lowercase=True), policy.require_lowercase),
        ("A digit", replace(nothing, require_numbers=True), policy.require_numbers),
        ("A special character", replace(nothing, require_symbols=True), policy.require_symbols),
    ]
    return [
        (words, bool(password) and broken_rule(rule, password) is None)
        for words, rule, counts in asked
        if counts
    ]
