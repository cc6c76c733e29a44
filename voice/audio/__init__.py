"""Sound as samples: clips, frames and their port, levels, voice in them, the recorder."""
