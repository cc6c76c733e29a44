"""The old place of word_set and word_list, for callers that are being rewritten."""

from agent.text.words import word_list, word_set

__all__ = ["word_list", "word_set"]
