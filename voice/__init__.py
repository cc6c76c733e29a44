"""Sound in, sound out, and turns: knows nothing of interviews."""

from voice.environment import settle

# Here, since every module of ours loads this package before it loads a library.
settle()
