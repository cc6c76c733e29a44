"""Several people who interview: who asks what, who has the floor, in which manner."""
