"""The live half: plan, questions, follow-ups, panel; start reading at rehearsal.py."""
