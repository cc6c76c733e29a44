"""What an answer says, found in its words: what can be said back, claims, decisions, refusals."""
