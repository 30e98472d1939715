"""Users into a CSV file that the real service and this program read; never a password."""

import csv
import io
from collections.abc import Callable, Sequence

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.finding import pool_of
from sandbox_app.workbench.people.columns import OWN, cognito_header
from sandbox_app.workbench.people.csv_cells import american_date, guarded, joined
from sandbox_app.workbench.people.work import Cancelled, Pace, Pause, Progress

_WRITTEN = tuple(name for name in OWN if name != "password")


async def export_csv(
    core: Core,
    pool_id: str,
    subs: Sequence[str],
    write: Callable[[str], object],
    progress: Progress,
    cancelled: Cancelled,
    pause: Pause,
) -> int:
    """Write a header and a line for each user; how many users were written.

    The columns are those of GetCSVHeader, then status, groups, enabled and sub. Users who are
    gone meanwhile are left out. A cancelled export ends after a whole line.

    Raises:
        ResourceNotFoundException: no such pool.
    """
    pool = pool_of(core, {"UserPoolId": pool_id})
    header = (*cognito_header(pool), *_WRITTEN)
    write(_line(header))
    pace = Pace(len(subs), progress, pause)
    written = 0
    for number, sub in enumerate(subs, 1):
        if cancelled():
            break
        user = core.store.users.get(pool_id, sub)
        if user is not None:
            write(_line([guarded(_cell(core, pool, user, column)) for column in header]))
            written += 1
        await pace.step(number)
    return written


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue()


def _cell(core: Core, pool: UserPool, user: User, column: str) -> str:
    match column:
        case "status":
            return str(user.status)
        case "groups":
            groups = core.store.memberships.groups_of(pool.id, user.sub)
            return joined(group.group_name for group in groups)
        case "enabled":
            return str(user.enabled).lower()
        case "sub":
            return user.sub
        case "cognito:username":
            names = (user.attributes.get(name) for name in sorted(pool.username_attributes))
            return next(filter(None, names), user.username)
        case "cognito:mfa_enabled":
            return "false"
        case "birthdate":
            return american_date(user.attributes.get(column, ""))
    return user.attributes.get(column, "")
