"""The mind: a plan, then one move after another, by rules (rules.py) or led by a local model."""
