"""What the banner of an import says: before it, what would happen; after it, what did."""

from collections import Counter

from sandbox_app.gui.components import BannerKind
from sandbox_app.workbench.people import ImportPlan, ImportReport, What

Verdict = tuple[BannerKind, str, str]
"""Kind, title and one line."""


def of_plan(plan: ImportPlan) -> Verdict:
    """What Import would do. Where that is nothing, the commonest reason says what to mend."""
    create, update = plan.count(What.CREATE), plan.count(What.UPDATE)
    skip, wrong = plan.count(What.SKIP), plan.count(What.PROBLEM)
    kind: BannerKind = "warn" if wrong else "info"
    words = f"{skip:,} left as they are, {wrong:,} with problems."
    if wrong and not create + update:
        reasons = Counter(one.why for one in plan.problems).most_common(1)
        return kind, f"Nobody to import: {words}", reasons[0][0]
    return kind, f"Creates {create:,} and updates {update:,} users", words


def of_report(report: ImportReport) -> Verdict:
    """What Import did, and how much of it was left when it was cancelled."""
    kind: BannerKind = "bad" if report.failed else "warn" if report.cancelled else "ok"
    words = [
        f"{len(report.created):,} created",
        f"{len(report.updated):,} updated",
        f"{len(report.skipped):,} left as they are",
        f"{len(report.failed):,} failed",
    ]
    if report.left:
        words.append(f"{len(report.left):,} not reached")
    title = "Import cancelled" if report.cancelled else "Import done"
    return kind, title, f"{', '.join(words)}."
