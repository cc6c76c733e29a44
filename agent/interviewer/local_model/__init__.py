"""The interviewer with a local model: what it is told, and how its replies are checked."""
