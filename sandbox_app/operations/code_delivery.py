"""Where a confirmation code goes, and how its destination is shown (contract users 3)."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.sign_in_names import looks_like_email, looks_like_phone
from sandbox_app.operations.user_attributes import VERIFIED_BY

_MEDIUM = {"email": "EMAIL", "phone_number": "SMS"}
_PHONE_FIRST = ("phone_number", "email")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Destination:
    """An address or number: `attribute` is `email` or `phone_number`."""

    attribute: str
    address: str

    @property
    def medium(self) -> str:
        """The API's word for how it gets there."""
        return _MEDIUM[self.attribute]

    @property
    def details(self) -> dict[str, str]:
        """The API's `CodeDeliveryDetails`, with the address masked."""
        return {
            "Destination": masked(self.address),
            "DeliveryMedium": self.medium,
            "AttributeName": self.attribute,
        }


def recovery_destination(pool: UserPool, user: User) -> Destination | None:
    """Where a code for a forgotten password goes: the first verified of the pool's list."""
    return _first(user, recovery_order(pool), verified=True)


def recovery_order(pool: UserPool) -> tuple[str, ...]:
    """The attributes to try in turn: the pool's list, or phone first without one.

    Empty where only an administrator may help (`admin_only`).
    """
    setting = pool.kept.get("AccountRecoverySetting")
    wanted = setting.get("RecoveryMechanisms") if isinstance(setting, Mapping) else None
    if not wanted:
        return _PHONE_FIRST
    names = [str(item.get("Name")) for item in sorted(wanted, key=_priority)]
    return tuple(name.removeprefix("verified_") for name in names if name.startswith("verified_"))


def any_verified_destination(user: User) -> Destination | None:
    """Where a code goes that an administrator has sent, whatever the pool's list says."""
    return _first(user, _PHONE_FIRST, verified=True)


def verification_destination(pool: UserPool, user: User) -> Destination | None:
    """Where a sign-up code goes: to the phone if both are to be verified, else by e-mail."""
    order = [name for name in _PHONE_FIRST if name in pool.auto_verified_attributes]
    return _first(user, order, verified=False)


def simulated_destination(pool: UserPool, typed: str) -> Destination:
    """Where a code for nobody seems to go, the same each time (contract users 4)."""
    if looks_like_email(typed):
        return Destination("email", typed)
    if looks_like_phone(typed):
        return Destination("phone_number", typed)
    number = hashlib.sha256(f"{pool.id}\n{typed}".encode(errors="surrogatepass")).digest()
    first, second = (_LETTERS[byte % len(_LETTERS)] for byte in number[:2])
    return Destination("email", f"{first}@{second}")


def masked(address: str) -> str:
    """`j****@e****` for an e-mail address, all but the last four digits hidden of a number."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}****@{host[:1]}****"
    return f"+{'*' * max(0, len(address) - 5)}{address[-4:]}"


def _first(user: User, attributes: Iterable[str], *, verified: bool) -> Destination | None:
    for name in attributes:
        address = user.attributes.get(name)
        if address and (not verified or user.attributes.get(VERIFIED_BY[name]) == "true"):
            return Destination(name, address)
    return None


def _priority(mechanism: Mapping[str, Any]) -> int:
    priority = mechanism.get("Priority")
    return priority if isinstance(priority, int) else 0
