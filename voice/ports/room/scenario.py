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

Paths are relative to the file. Only `candidate` is needed. Without `noise` the room has
faint white noise of -70 dBFS; `noise: []` is no noise at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

import numpy as np
import yaml
from pydantic import Field, PlainValidator, ValidationError, model_validator

from voice.audio.clip import SILENCE_DBFS, Clip, resample
from voice.errors import RehearseError
from voice.ports.room.port import Room
from voice.ports.room.script import REPLY_DELAY_S, Entry, Script
from voice.ports.room.sound import (
    EchoPath,
    Floats,
    Gain,
    Kind,
    Level,
    Microphone,
    Moment,
    Part,
    active_level_dbfs,
    louder,
    noise_loop,
    recorded_loop,
    recording,
)

MAX_BYTES = 1_000_000
"""A larger file is refused: a scenario is a page of text."""
_FORMAT = "the keys are candidate, loudspeaker, noise and microphone (see `rehearse run --help`)"


_Recording = Annotated[Clip, PlainValidator(recording)]


class _Speech(Part):
    file: _Recording
    after_s: Moment | None = None
    over_s: Moment | None = None
    at_s: Moment | None = None
    of_turn: Annotated[int, Field(ge=1)] | None = None
    gain_db: Gain = 0.0

    @model_validator(mode="after")
    def _one_moment(self) -> Self:
        if sum(moment is not None for moment in (self.after_s, self.over_s, self.at_s)) > 1:
            raise ValueError("give one of after_s, over_s and at_s")
        if self.of_turn is not None and self.over_s is None:
            raise ValueError("of_turn goes with over_s only")
        return self

    def entry(self) -> Entry:
        if self.at_s is not None:
            return Entry(self.file, "at", self.at_s, gain_db=self.gain_db)
        if self.over_s is not None:
            return Entry(self.file, "over", self.over_s, self.of_turn, self.gain_db)
        after_s = REPLY_DELAY_S if self.after_s is None else self.after_s
        return Entry(self.file, "after", after_s, gain_db=self.gain_db)


class _Noise(Part):
    kind: Kind | None = None
    file: _Recording | None = None
    snr_db: Gain | None = None
    level_dbfs: Level | None = None

    @model_validator(mode="after")
    def _one_of_each(self) -> Self:
        if (self.kind is None) == (self.file is None):
            raise ValueError("give either kind or file")
        if (self.snr_db is None) == (self.level_dbfs is None):
            raise ValueError("give either snr_db or level_dbfs")
        return self

    def loop(self, speech_dbfs: float) -> Floats:
        below = speech_dbfs - (self.snr_db or 0.0)
        level_dbfs = below if self.level_dbfs is None else self.level_dbfs
        if self.file is not None:
            return recorded_loop(self.file.samples, level_dbfs)
        return noise_loop(self.kind or "white", level_dbfs)


class _File(Part):
    candidate: list[_Speech]
    loudspeaker: EchoPath | None = None
    noise: list[_Noise] | None = None
    microphone: Microphone = Microphone()


@dataclass(frozen=True, eq=False)
class Scenario:
    """A room and what is said in it, with all sound loaded."""

    entries: tuple[Entry, ...]
    """What the candidate says."""
    room: Room

    def script(self) -> Script:
        """Return the candidate of one run."""
        return Script(self.entries)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file and every recording that it names.

    RehearseError where it is absent, no YAML or JSON, has an unknown key or a wrong value, or names
    a recording that is absent or broken; the message names file and entry.
    """
    try:
        context = {"folder": path.parent, "known": {}}
        wanted = _File.model_validate(_data(path), context=context)
    except ValidationError as error:
        raise _wrong(path, error) from error
    entries = tuple(said.entry() for said in wanted.candidate)
    if wanted.noise is None:
        return Scenario(entries, Room(wanted.loudspeaker, microphone=wanted.microphone))
    said = [louder(resample(entry.clip).samples, entry.gain_db) for entry in entries]
    said_dbfs = active_level_dbfs(np.concatenate([np.zeros(0), *said]))
    if said_dbfs <= SILENCE_DBFS and any(noise.snr_db is not None for noise in wanted.noise):
        raise RehearseError(
            f"{path} (noise): the candidate says nothing that it could be held against; give"
            " level_dbfs instead of snr_db"
        )
    noise = tuple(each.loop(said_dbfs) for each in wanted.noise)
    return Scenario(entries, Room(wanted.loudspeaker, noise, wanted.microphone))


class _Loader(yaml.SafeLoader):
    """Refuse a key that stands twice, of which YAML would drop one in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key, _ in reversed(node.value):
            if names.count(key.value) > 1:
                problem = f"{key.value} stands twice, keep one"
                raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        return super().construct_mapping(node, deep)


def _data(path: Path) -> dict[str, Any]:
    """Return a YAML or JSON file (JSON is read as the YAML that it is) as data.

    RehearseError where it is absent, too large, no text, no YAML, or no mapping.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RehearseError(f"{path} is larger than 1 MB; a scenario is a page of text")
        # Tabs between JSON's tokens are no YAML; inside its strings they are escaped.
        data = yaml.load(path.read_text(encoding="utf-8-sig").expandtabs(), _Loader)  # noqa: S506
    except FileNotFoundError as error:
        raise RehearseError(f"no such scenario: {path}; check the path") from error
    except UnicodeDecodeError as error:
        raise RehearseError(f"{path} is no text; give a scenario in YAML or JSON") from error
    except OSError as error:
        raise RehearseError(f"cannot read {path} ({error.strerror}); check the path") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = _one_line(getattr(error, "problem", None) or "unreadable")
        raise RehearseError(
            f"{path}{line}: not valid YAML or JSON ({problem}); correct it"
        ) from error
    except (RecursionError, ValueError) as error:
        raise RehearseError(f"{path} holds YAML that is no scenario; {_FORMAT}") from error
    if not isinstance(data, dict):
        raise RehearseError(f"{path} is no scenario; {_FORMAT}")
    return data


def _wrong(path: Path, error: ValidationError) -> RehearseError:
    """Return the first thing that is wrong and where, in one line; entries count from 1."""
    first = error.errors()[0]
    names = [f"entry {key + 1}" if isinstance(key, int) else key for key in first["loc"]]
    problem = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        problem = "no such key; correct its spelling or take it out"
    elif first["type"] == "missing":
        problem = "is missing; add it"
    elif "; " not in problem:
        problem += "; correct it"
    return RehearseError(f"{path} ({_one_line(' '.join(names))}): {_one_line(problem)}")


def _one_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
