"""Follow-ups by rule: what an answer leaves open, and how it is asked for."""
