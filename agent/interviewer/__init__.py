"""The mind: a plan, then one move after another, by rules."""
