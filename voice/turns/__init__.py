"""A conversation in sound: when a turn begins, ends and is interrupted; the channel."""
