"""A simulated room that fills the audio port: recorded answers instead of a microphone."""

from voice.ports.room.port import Room, RoomPort
from voice.ports.room.script import REPLY_DELAY_S, Candidate, Entry, Script, recorded

__all__ = ["REPLY_DELAY_S", "Candidate", "Entry", "Room", "RoomPort", "Script", "recorded"]
