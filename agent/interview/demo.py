"""The recorded demo candidate: which answer is played after which question.

`candidate.json` beside the recordings, written by recordings/demo/make.py, says what was planted in
each of them. Times are seconds from the start of the file.
"""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.brief import Brief
from agent.errors import RehearseError
from agent.session.turns import Move
from voice.audio.clip import Clip
from voice.audio.reading import read_audio
from voice.turns.talk import ChannelEvent, Heard

MANIFEST_NAME = "candidate.json"
"""The file that describes the candidate, in the folder of the recordings."""

_REMEDY = "make the recordings again with: python recordings/demo/make.py (needs Debian's flite)"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class DemoClip(_Part):
    """One recording; the file says far more about it, which the tests hold against the sound."""

    kind: Literal["answer", "follow_up", "repeat", "generic"]
    """repeat is a request to hear the question again; generic fits after any follow-up."""
    probes: tuple[str, ...] = ()
    """Kinds of follow-up that it answers best (agent.session.turns.Move.probe)."""


class DemoQuestion(_Part):
    """One question that the demo asks, and what the candidate has to say to it."""

    beginning: str = Field(min_length=1)
    """How the question starts, in the words of the brief; no other question starts like it."""
    replies: tuple[str, ...] = Field(min_length=1)
    """File names: to the question, to its repeat, then to follow-ups."""


class Manifest(_Part):
    """The whole of candidate.json."""

    format: Literal[1]
    brief: str
    """File name of the sample brief that the candidate answers."""
    questions: tuple[DemoQuestion, ...] = Field(min_length=1)
    """What to ask, in this order: from easy to hard."""
    generic: str
    """File name of the reply for when the recorded ones are used up."""
    clips: dict[str, DemoClip]
    """By file name."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that the questions name, and the generic reply."""
        return (*(name for q in self.questions for name in q.replies), self.generic)


def read_manifest(folder: Path) -> Manifest:
    """Read candidate.json from the folder of the recordings.

    Raises:
        RehearseError: it is absent, of another form, or names a recording that is not there.
    """
    path = folder / MANIFEST_NAME
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise RehearseError(
            f"no demo candidate: cannot read {path} ({error.strerror}); {_REMEDY}"
        ) from error
    except ValidationError as error:
        where = ".".join(str(key) for key in error.errors()[0]["loc"]) or "the document"
        raise RehearseError(
            f"{path} does not describe a demo candidate (see {where}); {_REMEDY}"
        ) from error
    for name in manifest.files:
        if name not in manifest.clips or not (folder / name).is_file():
            raise RehearseError(f"the demo candidate's {folder / name} is missing; {_REMEDY}")
    return manifest


def question_indexes(manifest: Manifest, brief: Brief) -> tuple[int, ...]:
    """Return the places in the brief of the questions to ask, in the manifest's order.

    Raises:
        RehearseError: the brief has no such question, or several.
    """
    texts = [question.text.casefold() for question in brief.questions]
    found = []
    for beginning in (question.beginning for question in manifest.questions):
        places = [at for at, text in enumerate(texts) if text.startswith(beginning.casefold())]
        if len(places) != 1:
            raise RehearseError(
                f"{len(places)} questions of the brief start with {beginning!r}, the demo candidate"
                f" answers exactly one; give the sample brief {manifest.brief}"
            )
        found += places
    return tuple(found)


class DemoCandidate:
    """Answer with recordings; a Candidate of the simulated room, told the moves as audience."""

    def __init__(self, folder: Path, brief: Brief) -> None:
        """Read the manifest and every recording (about 9 MB of samples).

        Raises:
            RehearseError: a file is missing or broken, or the brief is not the candidate's.
        """
        self.manifest = read_manifest(folder)
        self.questions = question_indexes(self.manifest, brief)
        """Places in the brief of the questions to ask."""
        self._clips = {name: read_audio(folder / name) for name in self.manifest.files}
        self._left = {
            place: list(question.replies)
            for place, question in zip(self.questions, self.manifest.questions, strict=True)
        }
        self._asked: Move | None = None
        self.ended = False
        """Whether the interview was closed, after which there is nothing to say."""

    def on_move(self, move: Move) -> None:
        """Take in what the interviewer says; only a question asked wants a reply."""
        self._asked = move if move.kind in ("question", "follow_up", "repeat") else None
        self.ended = move.kind == "closing"

    def on_heard(self, heard: Heard) -> None:
        """Do nothing."""

    def on_event(self, event: ChannelEvent) -> None:
        """Do nothing."""

    def next_reply(self) -> Clip | None:
        """Return the recording that fits a follow-up, else the next one, else the generic one.

        None while nothing was asked since the last reply.
        """
        asked, self._asked = self._asked, None
        if asked is None:
            return None
        left = self._left.get(-1 if asked.question_index is None else asked.question_index)
        return self._clips[
            left.pop(self._best(left, asked.probe)) if left else self.manifest.generic
        ]

    def _best(self, left: list[str], probe: str) -> int:
        """Return the place of the reply to give; to the question itself before any follow-up."""
        if self.manifest.clips[left[0]].kind != "follow_up":
            return 0
        fitting = (at for at, name in enumerate(left) if probe in self.manifest.clips[name].probes)
        return next(fitting, 0)
