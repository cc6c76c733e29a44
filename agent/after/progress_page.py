"""progress.html: the figures from session to session, one page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agent.after.progress import NO_BRIEF, UNREADABLE, Row, practice
from agent.after.progress_chart import charts
from agent.after.progress_table import by_group
from agent.report.page import draw_progress
from agent.text.display import plural


def render_progress(rows: Sequence[Row], reports: Mapping[str, str] | None = None) -> str:
    """Draw the page: what to practice, then charts and a table for each brief and over all.

    A pure function.

    Args:
        rows: the sessions, oldest first.
        reports: relative URL of each session's report, by the session's folder.
    """
    groups = by_group(rows)
    briefs = len(groups.keys() - {UNREADABLE, NO_BRIEF})
    return draw_progress(
        facts=f"{plural(len(rows), 'session')} of {plural(briefs, 'brief')}",
        practice=practice(list(rows)),
        all_charts=charts(rows) if len(groups) > 1 else [],
        groups=[(name, some, charts(some)) for name, some in reversed(groups.items())],
        reports=reports or {},
    )
