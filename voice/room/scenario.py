"""A simulated room in a file: YAML or JSON, read once, played as often as wanted.

    candidate:                      # what is said, recordings of any rate and format
      - file: hello.wav             # once the interviewer fell silent: one entry a turn, in order
      - {file: answer.wav, after_s: 0.6, gain_db: -6}   # after_s is 1.0 where it is left out
      - {file: mhm.wav, over_s: 2.5}    # 2.5 s after the interviewer began to speak, over it: in
                                        # the turn whose answer is the next entry of the list
      - {file: wait.wav, over_s: 1, of_turn: 4}         # over its fourth turn and no other
      - {file: knock.wav, at_s: 61.5}   # at a session time
    loudspeaker:                    # its echo in the microphone; a headset where this is left out
      impulse_response: office.wav  # a single tap where it is left out
      delay_ms: 40                  # on top of the impulse response's own
      level_db: -20                 # the echo against what the loudspeaker was given
      distortion: 0.2               # soft clipping, 0 to 1
      drift_ppm: 100                # the echo comes later by 100 us a second; negative: earlier
    noise:                          # each either kind (white, pink, hum) or file, looped;
      - {kind: pink, snr_db: 20}    # against the level of all candidate entries without pauses
      - {file: fan.wav, level_dbfs: -55}    # RMS
    microphone:
      gain_db: 0
      clip_dbfs: 0                  # an overdriven microphone cuts off all above this peak
      lost: [{at_s: 40, for_s: 5}]  # unplugged, with the loudspeaker
      zeros: [{at_s: 10, for_s: 4}] # muted

Paths are relative to the file. Only `candidate` is needed. Without `noise` the room has the
faint noise of voice.room.noise.empty_room; `noise: []` is no noise at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from voice.audio import SILENCE_DBFS, Clip, read_audio, resample
from voice.errors import AudioFileError, RehearseError
from voice.room.acoustics import EchoPath
from voice.room.devices import Microphone, Span
from voice.room.document import Document, read_document
from voice.room.noise import active_level_dbfs, noise_loop, recorded_loop
from voice.room.port import Room
from voice.room.script import REPLY_DELAY_S, Entry, Script
from voice.room.speech import Floats, louder

_Moment = Annotated[float, Field(ge=0, le=86_400)]
_Gain = Annotated[float, Field(ge=-96, le=96)]
_Level = Annotated[float, Field(ge=-96, le=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class _Speech(_Part):
    file: str
    after_s: _Moment | None = None
    over_s: _Moment | None = None
    at_s: _Moment | None = None
    of_turn: Annotated[int, Field(ge=1)] | None = None
    gain_db: _Gain = 0.0

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if sum(moment is not None for moment in (self.after_s, self.over_s, self.at_s)) > 1:
            raise ValueError("give one of after_s, over_s and at_s")
        if self.of_turn is not None and self.over_s is None:
            raise ValueError("of_turn goes with over_s only")
        return self


class _Loudspeaker(_Part):
    impulse_response: str | None = None
    delay_ms: Annotated[float, Field(ge=0, le=2000)] = 0.0
    level_db: _Gain = 0.0
    distortion: Annotated[float, Field(ge=0, le=1)] = 0.0
    drift_ppm: Annotated[float, Field(ge=-1000, le=1000)] = 0.0


class _Noise(_Part):
    kind: Literal["white", "pink", "hum"] | None = None
    file: str | None = None
    snr_db: _Gain | None = None
    level_dbfs: _Level | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.kind is None) == (self.file is None):
            raise ValueError("give either kind or file")
        if (self.snr_db is None) == (self.level_dbfs is None):
            raise ValueError("give either snr_db or level_dbfs")
        return self


class _Span(_Part):
    at_s: _Moment
    for_s: Annotated[float, Field(gt=0, le=86_400)]

    @property
    def span(self) -> Span:
        return Span(self.at_s, self.at_s + self.for_s)


class _Microphone(_Part):
    gain_db: _Gain = 0.0
    clip_dbfs: _Level = 0.0
    lost: list[_Span] = []
    zeros: list[_Span] = []


class _File(_Part):
    candidate: list[_Speech]
    loudspeaker: _Loudspeaker | None = None
    noise: list[_Noise] | None = None
    microphone: _Microphone = _Microphone()


@dataclass(frozen=True, eq=False)
class Scenario:
    """A room and what is said in it, with all sound loaded."""

    entries: tuple[Entry, ...]
    """What the candidate says; give a fresh Script of them to every port."""
    room: Room
    """Echo, noise and microphone."""

    def script(self) -> Script:
        """Return the candidate of one run."""
        return Script(self.entries)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file and every recording that it names.

    Raises:
        RehearseError: it is absent, no YAML or JSON, has an unknown key or a wrong value, or
            names a recording that is absent or broken; the message names file, line and entry.
    """
    document = read_document(path)
    try:
        wanted = _File.model_validate(document.data)
    except ValidationError as error:
        raise document.wrong(error) from error
    sounds = _Sounds(document)
    entries = tuple(
        _entry(entry, sounds.read(entry.file, "candidate", number, "file"))
        for number, entry in enumerate(wanted.candidate)
    )
    return Scenario(
        entries,
        Room(
            echo=None if wanted.loudspeaker is None else _echo(wanted.loudspeaker, sounds),
            microphone=Microphone(
                gain_db=wanted.microphone.gain_db,
                clip_dbfs=wanted.microphone.clip_dbfs,
                lost=tuple(item.span for item in wanted.microphone.lost),
                zeros=tuple(item.span for item in wanted.microphone.zeros),
            ),
            **({} if wanted.noise is None else {"noise": _noise(wanted.noise, entries, sounds)}),
        ),
    )


@dataclass(frozen=True)
class _Sounds:
    """The recordings that a scenario names, each read once."""

    document: Document
    """The scenario file."""
    known: dict[str, Clip] = field(default_factory=dict)
    """What was read so far."""

    def read(self, name: str, *where: str | int) -> Clip:
        """Return the recording that is named at a place of the file.

        Raises:
            RehearseError: it is absent or broken.
        """
        if name not in self.known:
            try:
                self.known[name] = read_audio(self.document.path.parent / Path(name).expanduser())
            except (AudioFileError, RuntimeError) as error:
                raise RehearseError(f"{self.document.place(where)}: {error}") from error
        return self.known[name]


def _entry(wanted: _Speech, clip: Clip) -> Entry:
    if wanted.at_s is not None:
        return Entry(clip, "at", wanted.at_s, gain_db=wanted.gain_db)
    if wanted.over_s is not None:
        return Entry(clip, "over", wanted.over_s, wanted.of_turn, wanted.gain_db)
    after_s = REPLY_DELAY_S if wanted.after_s is None else wanted.after_s
    return Entry(clip, "after", after_s, gain_db=wanted.gain_db)


def _echo(wanted: _Loudspeaker, sounds: _Sounds) -> EchoPath:
    response: Floats | None = None
    if wanted.impulse_response is not None:
        clip = sounds.read(wanted.impulse_response, "loudspeaker", "impulse_response")
        response = clip.samples.astype(np.float64)
    return EchoPath(response, wanted.delay_ms, wanted.level_db, wanted.distortion, wanted.drift_ppm)


def _noise(wanted: list[_Noise], entries: tuple[Entry, ...], sounds: _Sounds) -> tuple[Floats, ...]:
    """Return the loops of a list of noises.

    Raises:
        RehearseError: a recording is absent, or there is no speech to hold a noise against.
    """
    said = [louder(resample(entry.clip).samples, entry.gain_db) for entry in entries]
    speech_dbfs = active_level_dbfs(np.concatenate([np.zeros(0), *said]))
    loops: list[Floats] = []
    for number, noise in enumerate(wanted):
        level_dbfs = noise.level_dbfs
        if level_dbfs is None:
            if speech_dbfs <= SILENCE_DBFS:
                place = sounds.document.place(("noise", number, "snr_db"))
                raise RehearseError(
                    f"{place}: the candidate says nothing that the noise could be held against;"
                    " give level_dbfs instead of snr_db"
                )
            level_dbfs = speech_dbfs - (noise.snr_db or 0.0)
        if noise.file is not None:
            clip = sounds.read(noise.file, "noise", number, "file")
            loops.append(recorded_loop(clip.samples, level_dbfs))
        elif noise.kind is not None:
            loops.append(noise_loop(noise.kind, level_dbfs))
    return tuple(loops)
