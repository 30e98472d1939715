"""Users by the thousand: listed, searched, written to CSV and read from it, changed together.

No Qt in here. A window uses it like this:

    listing = Listing(core, pool_id, aside)            # aside runs a function in a thread
    await listing.load(PeopleQuery(text="ali email:example", sort="email"))
    listing.count, listing.rows(0, 50), listing.row_of(sub), listing.subs(range(3, 9))
    # listing.stale is True after a change: `await listing.load()` again, at leisure

    table = read_csv(path)                             # or bytes, or the clipboard's text
    mapping = proposed_mapping(pool, table)            # one of targets(pool) for each column
    plan = await plan_import(core, pool_id, table, mapping, ImportOptions(), progress, pause)
    plan.count(What.CREATE), plan.problems
    with edits.step(core, "Import 10,000 users"):
        report = await run_import(core, plan, progress, cancelled, pause)

    report = await bulk(core, pool_id, subs, actions.disable(), progress, cancelled, pause)
    await export_csv(core, pool_id, listing.subs(), file.write, progress, cancelled, pause)

`progress(done, total)` is called now and then, `cancelled()` asked before each user, and `pause`
awaited between pieces of a few milliseconds, so that requests are answered meanwhile; a function
that awaits `asyncio.sleep(0)` will do. A file to export to is opened with `newline=""`.
"""

from sandbox_app.workbench.people import actions
from sandbox_app.workbench.people.actions import Action, BulkReport, FailedUser, bulk
from sandbox_app.workbench.people.columns import Mapping, proposed_mapping, targets
from sandbox_app.workbench.people.csv_reading import CsvProblem, CsvRow, CsvTable, read_csv
from sandbox_app.workbench.people.csv_writing import export_csv
from sandbox_app.workbench.people.import_plan import (
    ImportOptions,
    ImportPlan,
    PlannedLine,
    What,
    plan_import,
)
from sandbox_app.workbench.people.import_run import FailedLine, ImportReport, run_import
from sandbox_app.workbench.people.listing import Listing
from sandbox_app.workbench.people.query import SORTS, PeopleQuery
from sandbox_app.workbench.people.work import Cancelled, Pause, Progress

__all__ = [
    "SORTS",
    "Action",
    "BulkReport",
    "Cancelled",
    "CsvProblem",
    "CsvRow",
    "CsvTable",
    "FailedLine",
    "FailedUser",
    "ImportOptions",
    "ImportPlan",
    "ImportReport",
    "Listing",
    "Mapping",
    "Pause",
    "PeopleQuery",
    "PlannedLine",
    "Progress",
    "What",
    "actions",
    "bulk",
    "export_csv",
    "plan_import",
    "proposed_mapping",
    "read_csv",
    "run_import",
    "targets",
]
