"""What the words and the silence say: pacing and fillers."""
