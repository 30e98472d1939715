"""Users by the thousand: listed, searched, written to CSV and read from it, changed together.

No Qt in here. A window uses it like this:

    listing = Listing(core, pool_id, aside)            # aside runs a function in a thread
    await listing.load(PeopleQuery(text="ali email:example", sort="email"))
    listing.count, listing.rows(0, 50), listing.row_of(sub), listing.subs(range(3, 9))
    # listing.stale is True after a change: `await listing.load()` again, at leisure

    table = read_csv(path.read_bytes())                # or the clipboard's text
    plan = await plan_import(core, pool_id, table, proposed_mapping(pool, table), "skip", pause)
    with edits.step(core, "Import 10,000 users"):
        report = await run_import(core, plan, progress, cancelled, pause)

    report = await bulk(core, pool_id, listing.subs(), SetEnabled(False), progress, cancelled,
                        pause)
    await export_csv(core, pool_id, listing.subs(), file.write, progress, cancelled, pause)

`progress(done, total)` is called now and then, `cancelled()` asked before each user, and `pause`
awaited between small pieces, so that requests are answered meanwhile (`asyncio.sleep(0)` does).
"""

from sandbox_app.workbench.people.listing import Listing as Listing
from sandbox_app.workbench.people.query import SORTS as SORTS
from sandbox_app.workbench.people.query import PeopleQuery as PeopleQuery
