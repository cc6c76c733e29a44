"""The interview: brief, interviewer, session, analysis, report. Start at rehearsal.py."""

import voice  # noqa: F401 - settles the environment before any library of ours is loaded
