"""The old place of agent.text.numbers, for callers that are being rewritten."""

from agent.text.numbers import NumberHit, find_numbers

__all__ = ["NumberHit", "find_numbers"]
