"""Sound in, sound out, and turns: knows nothing of interviews."""
