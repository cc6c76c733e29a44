"""The old place of agent.text.number_words, for callers that are being rewritten."""

from agent.text.number_words import ABOUT, OVER, SKIPPED, UNDER

__all__ = ["ABOUT", "OVER", "SKIPPED", "UNDER"]
