"""What can be said of a wrong password without trying another one.

A try costs as much as a sign-in, and more tries for known users than for unknown ones would tell
a stranger which is which; so only what is plain to see is said.
"""

from sandbox_app.domain.records.pools import PasswordPolicy
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.factors.policy import broken_rule


def why_wrong(user: User, typed: str, policy: PasswordPolicy) -> str:
    """Why the password does not open the door, in one clause."""
    if user.password is None:
        if user.status is UserStatus.EXTERNAL_PROVIDER:
            return "the user has no password: they come through an identity provider"
        return "the user has no password"
    if typed != typed.strip():
        return "the password is wrong; it came with white space around it"
    if typed == user.username or typed in user.attributes.values():
        return "the password is wrong: it is the user's own name or address"
    if user.temporary_since is not None:
        return "the password is wrong; the user has a temporary one"
    broken = broken_rule(policy, typed)
    if broken is not None:
        return f"the password is wrong, and none that the policy allows: {broken.lower()}"
    if not typed.isascii():
        return "the password is wrong; it has characters that keyboards write in several ways"
    return "the password is wrong"
