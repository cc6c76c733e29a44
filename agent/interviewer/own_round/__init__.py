"""The person's own questions at the end, and the good-bye."""
