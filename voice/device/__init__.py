"""Real microphones and loudspeakers."""
