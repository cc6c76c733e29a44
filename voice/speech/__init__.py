"""Words from sound and sound from words: Whisper, Piper, Smart Turn, and their models."""
