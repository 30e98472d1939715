"""The kinds of things that a snapshot holds: where they lie and what their fields are called."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

Row = Mapping[str, Any]
State = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKind:
    """One kind.

    Args:
        word: what it is called, in the singular.
        key: the columns that name one of them in the API.
        state: its fields by their names in the API; in words where the API has none.
        identifier, name: what names one of them to a script and to a person; never a secret.
        without: columns that hold nothing of its own.
    """

    word: str
    table: str
    key: tuple[str, ...]
    state: Callable[[Row], State]
    identifier: Callable[[Row], str]
    name: Callable[[Row], str]
    without: frozenset[str] = frozenset({"seq"})


def moment(seconds: Any) -> str | None:
    """A date for a person; `None` and 0 are none."""
    if not isinstance(seconds, int | float) or not seconds:
        return None
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def _document(row: Row) -> dict[str, Any]:
    members: dict[str, Any] = json.loads(row["document"])
    dates = ("CreationDate", "LastModifiedDate")
    return {name: moment(value) if name in dates else value for name, value in members.items()}


def _user(row: Row) -> State:
    return {
        "Username": row["username"],
        "UserStatus": row["status"],
        "Enabled": bool(row["enabled"]),
        "UserCreateDate": moment(row["creation_date"]),
        "UserLastModifiedDate": moment(row["last_modified_date"]),
        "Password": row["argon2id"],
        **json.loads(row["attributes"]),
        "temporary password since": moment(row["temporary_since"]),
        "tokens valid from": moment(row["tokens_valid_from"]),
        "failed sign-ins": row["failures"] or None,
        "last sign-in attempt": moment(row["last_attempt"]),
        "locked until": moment(row["locked_until"]),
    }


def _times(*names: str) -> Callable[[Row], State]:
    """The state of a row that is spent or expires: its times, and what it is for."""

    def state(row: Row) -> State:
        plain = {"client_id": "ClientId", "sub": "sub", "scopes": "scopes", "purpose": "purpose"}
        told = {word: row[name] for name, word in plain.items() if row.get(name)}
        return {**told, **{name.replace("_", " "): moment(row[name]) for name in names}}

    return state


def _column(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name])


def _member(name: str) -> Callable[[Row], str]:
    return lambda row: str(json.loads(row["document"]).get(name, ""))


def _of_user(row: Row) -> str:
    return f"of {row['sub']}"


def _short(name: str) -> Callable[[Row], str]:
    """Enough of a hash to tell two apart, and too little to find what it is of."""
    return lambda row: str(row[name])[:8]


KINDS = (
    StoredKind(
        word="user pool",
        table="user_pool",
        key=("id",),
        state=_document,
        identifier=_column("id"),
        name=_member("Name"),
    ),
    StoredKind(
        word="app client",
        table="user_pool_client",
        key=("id",),
        state=_document,
        identifier=_column("id"),
        name=_member("ClientName"),
    ),
    StoredKind(
        word="domain",
        table="user_pool_domain",
        key=("domain",),
        state=_document,
        identifier=_column("domain"),
        name=_column("domain"),
    ),
    StoredKind(
        word="resource server",
        table="resource_server",
        key=("user_pool_id", "identifier"),
        state=_document,
        identifier=_column("identifier"),
        name=_member("Name"),
    ),
    StoredKind(
        word="group",
        table="user_group",
        key=("user_pool_id", "group_name"),
        state=_document,
        identifier=_column("group_name"),
        name=_column("group_name"),
    ),
    StoredKind(
        word="user",
        table="pool_user",
        key=("user_pool_id", "sub"),
        state=_user,
        identifier=_column("sub"),
        name=_column("username"),
        without=frozenset(
            {
                *("seq", "username_key", "email", "phone_number", "name", "given_name"),
                *("family_name", "preferred_username"),
            }
        ),
    ),
    StoredKind(
        word="group membership",
        table="membership",
        key=("user_pool_id", "group_name", "sub"),
        state=_times("since"),
        identifier=_column("sub"),
        name=_column("group_name"),
    ),
    StoredKind(
        word="session",
        table="browser_session",
        key=("user_pool_id", "cookie_hash"),
        state=_times("started_at"),
        identifier=_short("cookie_hash"),
        name=_of_user,
    ),
    StoredKind(
        word="authorization code",
        table="authorization_code",
        key=("fingerprint",),
        state=_times("issued_at", "expires_at", "spent_at"),
        identifier=_short("fingerprint"),
        name=_of_user,
    ),
    StoredKind(
        word="refresh token",
        table="refresh_grant",
        key=("fingerprint",),
        state=_times("issued_at", "expires_at", "usable_until", "revoked_at"),
        identifier=_short("fingerprint"),
        name=_of_user,
    ),
    StoredKind(
        word="confirmation code",
        table="confirmation_code",
        key=("user_pool_id", "sub", "purpose"),
        state=_times("made_at", "expires_at"),
        identifier=_column("purpose"),
        name=_of_user,
    ),
    StoredKind(
        word="signing key",
        table="signing_key",
        key=("user_pool_id", "kid"),
        state=lambda row: {"use": row["use"], "state": row["state"], "since": moment(row["since"])},
        identifier=_column("kid"),
        name=_column("use"),
    ),
    StoredKind(
        word="setting",
        table="setting",
        key=("name",),
        state=lambda row: _setting(row["value"]),
        identifier=_column("name"),
        name=_column("name"),
    ),
    StoredKind(
        word="imported template",
        table="import_link",
        key=("source", "logical_id", "kind"),
        state=lambda row: {"physical id": row["physical_id"]},
        identifier=_column("logical_id"),
        name=_column("logical_id"),
    ),
)
"""Every kind, in the order they are shown. Forms under way are none: nobody made them."""


def _setting(value: str) -> State:
    """A condition's setting is JSON, whose members are told apart; any other is a text."""
    try:
        members = json.loads(value)
    except ValueError:
        members = None
    return members if isinstance(members, dict) else {"value": value}
