"""The interview: brief, interviewer, session, analysis, report. Start at rehearsal.py."""
