"""Real microphones and loudspeakers; sounddevice is imported in portaudio.py alone."""
