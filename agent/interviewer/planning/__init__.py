"""The plan of a session: which questions, in which order, for how long, and what comes back."""
