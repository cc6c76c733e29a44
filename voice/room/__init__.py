"""A simulated room that fills the audio port: recorded answers instead of a microphone."""

from voice.room.candidate import Candidate, ClipQueue
from voice.room.port import Room, RoomPort
from voice.room.script import REPLY_DELAY_S, Entry, Script

__all__ = ["REPLY_DELAY_S", "Candidate", "ClipQueue", "Entry", "Room", "RoomPort", "Script"]
