"""What an import would do with each line of a table, found out without changing anything.

Source: contract users 1, 3 (import: RESET_REQUIRED without a password, one verified attribute).
"""

import re
from collections import Counter
from collections.abc import Mapping as ReadOnly
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Literal

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations import shapes
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.finding import pool_of
from sandbox_app.operations.new_users import asked_attributes, check_password_policy, new_user
from sandbox_app.operations.sign_in_names import find_user, folded
from sandbox_app.operations.user_attributes import (
    VERIFIED_BY,
    as_list,
    check_attributes,
    conformed,
)
from sandbox_app.workbench.people.columns import MFA, OWN, USERNAME, Mapping, targets
from sandbox_app.workbench.people.csv_cells import iso_date, parted, restored
from sandbox_app.workbench.people.csv_reading import CsvProblem, CsvRow, CsvTable
from sandbox_app.workbench.people.work import Pace, Pause, Progress

OnExisting = Literal["skip", "update", "error"]
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TRUTH = {"true": True, "false": False, "": None}


class What(StrEnum):
    """What becomes of a line."""

    CREATE = "create"
    UPDATE = "update"
    SKIP = "skip"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How lines are taken.

    Args:
        on_existing: what to do with a user who is there already.
        password: given to every new user whose line has none; without one they have to reset it.
        temporary: whether passwords have to be changed at the first sign-in.
        mark_verified: take addresses and numbers for verified where the line does not say.
    """

    on_existing: OnExisting = "skip"
    password: str = field(default="", repr=False)
    temporary: bool = False
    mark_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """A line and what becomes of it; `why` is a sentence for a person, empty where all is said.

    `attributes` are all for a new user and those that change for one who is there.
    """

    line: int
    what: What
    username: str
    why: str = ""
    sub: str | None = None
    attributes: ReadOnly[str, str] = field(default_factory=dict)
    password: str = field(default="", repr=False)
    status: UserStatus | None = None
    groups: tuple[str, ...] = ()
    enabled: bool | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Every line in the order of the file."""

    pool_id: str
    options: ImportOptions
    lines: tuple[PlannedLine, ...]

    def count(self, what: What) -> int:
        """How many lines have that in store."""
        return sum(line.what is what for line in self.lines)

    @property
    def problems(self) -> tuple[PlannedLine, ...]:
        """The lines that will not be imported, each with its reason."""
        return tuple(line for line in self.lines if line.what is What.PROBLEM)


async def plan_import(
    core: Core,
    pool_id: str,
    table: CsvTable,
    mapping: Mapping,
    options: ImportOptions,
    progress: Progress,
    pause: Pause,
) -> ImportPlan:
    """Check every line by the operations' own rules; nothing is hashed or changed.

    Raises:
        CsvProblem: no column is the user name, or two columns mean the same.
        ResourceNotFoundException: no such pool.
    """
    pool = pool_of(core, {"UserPoolId": pool_id})
    _check_mapping(pool, mapping)
    planner = _Planner(core, pool, mapping, options)
    pace = Pace(len(table.rows), progress, pause)
    lines = []
    for number, row in enumerate(table.rows, 1):
        lines.append(planner.planned(row))
        await pace.step(number)
    return ImportPlan(pool_id, options, tuple(lines))


def _check_mapping(pool: UserPool, mapping: Mapping) -> None:
    used = Counter(target for target in mapping if target is not None)
    for target, times in used.items():
        if target not in targets(pool):
            raise CsvProblem(f"The pool has no attribute {target}.")
        if times > 1:
            raise CsvProblem(f"{times} columns are {target}; only one can be.")
    if USERNAME not in used and not used.keys() & set(pool.username_attributes):
        raise CsvProblem("No column is the user name.")


class _Planner:
    """Goes through the lines and remembers the names that earlier ones took."""

    def __init__(
        self, core: Core, pool: UserPool, mapping: Mapping, options: ImportOptions
    ) -> None:
        self._core = core
        self._pool = pool
        self._mapping = mapping
        self._options = options
        self._groups = {group.group_name for group in core.store.groups.of_pool(pool.id)}
        self._taken: dict[tuple[str, str], int] = {}

    def planned(self, row: CsvRow) -> PlannedLine:
        """What becomes of the row."""
        cells = self._cells(row)
        name = self._name(cells)
        try:
            if any(cell.strip() for cell in row.cells[len(self._mapping) :]):
                width = len(self._mapping)
                raise CsvProblem(f"It has {len(row.cells)} cells, the header has {width}.")
            return self._line(row.line, name, cells)
        except (ApiError, CsvProblem) as error:
            why = error.message if isinstance(error, ApiError) else str(error)
            return PlannedLine(line=row.line, what=What.PROBLEM, username=name, why=why)

    def _cells(self, row: CsvRow) -> dict[str, str]:
        cells = {}
        for target, cell in zip(self._mapping, row.cells, strict=False):
            if target == "password":
                cells[target] = cell
            elif target is not None:
                cells[target] = (
                    iso_date(restored(cell)) if target == "birthdate" else restored(cell)
                )
        return cells

    def _name(self, cells: ReadOnly[str, str]) -> str:
        names = (
            cells.get(name, "") for name in (USERNAME, *sorted(self._pool.username_attributes))
        )
        return next(filter(None, (name.strip() for name in names)), "")

    def _line(self, line: int, name: str, cells: ReadOnly[str, str]) -> PlannedLine:
        if not name:
            raise CsvProblem("It has no user name.")
        own = (*OWN, MFA, USERNAME)
        asked = {key: value for key, value in cells.items() if key not in own and value}
        _truth(MFA, cells.get(MFA, ""))
        self._take("username", folded(self._pool, name), line)
        present = self._present(name)
        planned = PlannedLine(
            line=line,
            what=What.CREATE if present is None else What.UPDATE,
            username=name,
            sub=cells.get("sub", "").strip() or None,
            attributes=asked,
            password=self._password(cells),
            groups=self._known_groups(cells.get("groups", "")),
            enabled=_truth("enabled", cells.get("enabled", "")),
        )
        if present is not None:
            return self._existing(planned, present)
        return self._new(planned, cells.get("status", "").strip())

    def _present(self, name: str) -> User | None:
        """Where people choose user names, an alias is no name: it may be another person's."""
        if self._pool.username_attributes:
            return find_user(self._core, self._pool, name)
        return self._core.store.users.find(self._pool.id, folded(self._pool, name))

    def _existing(self, planned: PlannedLine, present: User) -> PlannedLine:
        if self._options.on_existing == "error":
            raise CsvProblem("The user exists already.")
        if self._options.on_existing == "skip":
            return replace(planned, what=What.SKIP, sub=present.sub, why="The user exists already.")
        if planned.sub not in (None, present.sub):
            raise CsvProblem("The user already has another sub.")
        asked = conformed(self._pool, planned.attributes)
        changed = _changed(present, asked)
        shapes.check("AdminUpdateUserAttributes", self._request(planned, changed))
        check_attributes(self._pool, changed, before=present.attributes)
        self._take_aliases({**present.attributes, **changed}, present.sub, planned.line)
        groups = self._core.store.memberships.groups_of(self._pool.id, present.sub)
        joined = set(planned.groups) - {group.group_name for group in groups}
        same_switch = planned.enabled in (None, present.enabled)
        if not (changed or joined or planned.password) and same_switch:
            return replace(
                planned, what=What.SKIP, sub=present.sub, why="The user has all of this already."
            )
        joins = tuple(name for name in planned.groups if name in joined)
        enabled = None if same_switch else planned.enabled
        return replace(planned, sub=present.sub, attributes=changed, groups=joins, enabled=enabled)

    def _new(self, planned: PlannedLine, status: str) -> PlannedLine:
        request = self._request(planned, planned.attributes)
        shapes.check("AdminCreateUser", request)
        attributes = asked_attributes(self._pool, request)
        if self._options.mark_verified:
            flags = {flag: "true" for of, flag in VERIFIED_BY.items() if attributes.get(of)}
            attributes = flags | attributes
        new_user(self._core, self._pool, self._request(planned, attributes), sub=planned.sub)
        if planned.sub is not None:
            self._check_sub(planned.sub, planned.line)
        self._take_aliases(attributes, None, planned.line)
        planned = replace(
            planned,
            attributes=attributes,
            password=planned.password or self._options.password,
        )
        planned = replace(planned, status=self._status(planned, status))
        if planned.status is UserStatus.RESET_REQUIRED and not _reachable(attributes):
            raise CsvProblem(
                "Without a password the user needs a verified e-mail address or phone number."
            )
        return planned

    def _status(self, planned: PlannedLine, stated: str) -> UserStatus:
        """What follows from the password; a temporary one may be asked for in the line."""
        if stated and stated not in UserStatus.__members__:
            raise CsvProblem(f"{stated} is no status.")
        if not planned.password:
            return UserStatus.RESET_REQUIRED
        forced = stated == UserStatus.FORCE_CHANGE_PASSWORD or self._options.temporary
        return UserStatus.FORCE_CHANGE_PASSWORD if forced else UserStatus.CONFIRMED

    def _password(self, cells: ReadOnly[str, str]) -> str:
        password = cells.get("password", "") or self._options.password
        if password:
            asked = {"UserPoolId": self._pool.id, "Username": "anybody", "Password": password}
            shapes.check("AdminSetUserPassword", asked)
            check_password_policy(self._pool, password)
        return cells.get("password", "")

    def _known_groups(self, cell: str) -> tuple[str, ...]:
        groups = parted(cell)
        for name in groups:
            if name not in self._groups:
                raise CsvProblem(f"The pool has no group {name}.")
        return groups

    def _check_sub(self, sub: str, line: int) -> None:
        if not _UUID.fullmatch(sub):
            raise CsvProblem("A sub is a UUID in lower case.")
        if self._core.store.users.get(self._pool.id, sub) is not None:
            raise CsvProblem(f"The sub {sub} is taken.")
        self._take("sub", sub, line)

    def _take_aliases(self, attributes: ReadOnly[str, str], sub: str | None, line: int) -> None:
        for name in (*self._pool.username_attributes, *self._pool.alias_attributes):
            value, flag = attributes.get(name), VERIFIED_BY.get(name)
            counts = name in self._pool.username_attributes or flag is None
            if not value or not (counts or attributes.get(str(flag)) == "true"):
                continue
            key = folded(self._pool, value)
            holder = self._core.store.users.alias_holder(self._pool.id, name, key)
            if holder not in (None, sub):
                raise CsvProblem(f"Another user already signs in with this {name}.")
            self._take(name, key, line)

    def _take(self, kind: str, key: str, line: int) -> None:
        earlier = self._taken.setdefault((kind, key), line)
        if earlier != line:
            raise CsvProblem(f"Line {earlier} has the same {kind}.")

    def _request(self, planned: PlannedLine, attributes: ReadOnly[str, str]) -> dict[str, Any]:
        return {
            "UserPoolId": self._pool.id,
            "Username": planned.username,
            "UserAttributes": as_list(attributes),
        }


def _truth(column: str, cell: str) -> bool | None:
    word = cell.strip().lower()
    if word not in _TRUTH:
        raise CsvProblem(f"{column} is true or false, not {cell}.")
    return _TRUTH[word]


def _reachable(attributes: ReadOnly[str, str]) -> bool:
    return any(attributes.get(flag) == "true" for flag in VERIFIED_BY.values())


def _changed(present: User, asked: ReadOnly[str, str]) -> dict[str, str]:
    """What differs; with an address or number goes its flag, which would be reset otherwise."""
    changed = {
        name: value for name, value in asked.items() if present.attributes.get(name) != value
    }
    flags = {flag for name, flag in VERIFIED_BY.items() if name in changed and flag in asked}
    return changed | {flag: asked[flag] for flag in flags}
