"""The mind with a model on this machine: what it is told, and how its replies are checked."""
