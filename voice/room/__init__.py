"""A simulated room that fills the audio port: recorded answers instead of a microphone."""

from voice.room.candidate import Candidate, ClipQueue
from voice.room.port import REPLY_DELAY_S, RoomPort

__all__ = ["REPLY_DELAY_S", "Candidate", "ClipQueue", "RoomPort"]
