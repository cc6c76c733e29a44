"""The interviewer: a plan, then move after move, by rules (rules.py) or led by a local model."""
