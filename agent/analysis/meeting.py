"""Transcripts of meetings with speakers: read as turns, told as the journal of an interview.

WebVTT and SubRip (`<v Anna>` or `Anna: …` in the cues), and the texts that Zoom, Teams and Otter
write: `Anna  0:05` or `[Anna] 14:05:09` above what was said, `0:05 Anna: …`, or `Anna: …` alone.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from agent.analysis.conversation import spread
from agent.brief import Brief
from agent.errors import SessionError
from agent.session.events import Event, event_of
from agent.text.display import flat, plural
from agent.text.words import key_of
from voice import files
from voice.speech.transcript import Word

ENDINGS = (".vtt", ".srt", ".txt")
MOST_BYTES = 5_000_000
"""A day of talk is below 1 MB."""
WORDS_A_SECOND = 2.5
"""150 words a minute, for turns without a time."""
PASSING_WORDS = 3
"""Words of a turn that is only an "mm-hm, right": no question, and it answers none."""

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}\b")
_HEAD = re.compile(
    rf"\[?([^\W\d][^\[\]:<>]{{0,60}}?)\]?[ \t,]*[(\[]?{_CLOCK}(?: ?[ap]m)?[)\]]?:?", re.I
)
_LEAD = re.compile(rf"[(\[]?{_CLOCK}[)\]]?(?:[ \t-]+(\S.*))?")
_SAID = re.compile(r"([^\W\d][^:<>\[\]]{0,60}):\s+(\S.*)")
_VOICE = re.compile(r"<v(?:\.[^ >]{1,40})?\s([^>]{1,80})>")
_ASIDE = ("WEBVTT", "NOTE", "STYLE", "REGION", "Transcribed by ")
"""What begins a part that nobody says."""
_TAG = re.compile(r"<[^>]{0,100}>")


@dataclass(frozen=True)
class Turn:
    """What one person says until another speaks."""

    speaker: str
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Meeting:
    """A transcript as read."""

    turns: tuple[Turn, ...]
    timed: bool
    """Whether the times are the file's; else each word is taken to last as long as another."""

    @property
    def speakers(self) -> list[str]:
        """Who speaks, whoever says most first."""
        words = Counter[str]()
        for turn in self.turns:
            words[turn.speaker] += len(turn.text.split())
        return [name for name, _ in words.most_common()]

    def speaker(self, wanted: str | None) -> str:
        """Return the speaker of that name or a part of it, without a wish whoever says most."""
        if wanted is None:
            return self.speakers[0]
        found = [name for name in self.speakers if wanted.casefold() in name.casefold()]
        exact = [name for name in found if name.casefold() == wanted.casefold()]
        if len(exact or found) == 1:
            return (exact or found)[0]
        known = ", ".join(flat(name) for name in self.speakers[:8])
        raise SessionError(f"--speaker {flat(wanted)}: the transcript has {known}; name one")


def read_meeting(path: Path) -> Meeting:
    """Read a transcript; SessionError for no such text, or one with fewer than two speakers."""
    try:
        data = files.read(path.resolve(), 10 * MOST_BYTES)[: MOST_BYTES + 1]
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", "") or "no text in UTF-8"
        raise SessionError(f"cannot read {path} ({why}); check the file") from error
    if len(data) > MOST_BYTES:
        raise SessionError(f"{path} is larger than 5 MB; give the transcript of one interview")
    return meeting_in(text, str(path))


def meeting_in(text: str, name: str) -> Meeting:
    """Return the meeting that a text tells; `name` is what messages call it."""
    pieces = _merged(_pieces(text.splitlines()))
    turns: list[Turn] = []
    now_s = 0.0
    starts = (start_s for _, _, start_s, _ in pieces[1:])
    for (speaker, said, start_s, end_s), next_s in zip_longest(pieces, starts):
        from_s = max(now_s, start_s if start_s is not None else now_s)
        usual_s = len(said.split()) / WORDS_A_SECOND
        # Until the next one begins, but nobody is silent for minutes.
        begun_s = from_s + usual_s if next_s is None else min(next_s, from_s + 2 * usual_s + 2)
        now_s = max(from_s + 0.1, end_s or begun_s)
        turns.append(Turn(speaker, said, from_s, now_s))
    meeting = Meeting(tuple(turns), any(start_s is not None for _, _, start_s, _ in pieces))
    if len(meeting.speakers) < 2:
        raise SessionError(
            f"{name} does not tell who speaks ({plural(len(meeting.speakers), 'speaker')} found);"
            " lines such as 'Anna: …', or WebVTT with <v Anna>, do"
        )
    return meeting


_Piece = tuple[str, str, float | None, float | None]


def _pieces(lines: Sequence[str]) -> Iterator[_Piece]:
    """Yield every line that says something, with its speaker and time as far as they are known."""
    lines = [" ".join(line.replace("\u00a0", " ").split()) for line in lines]
    heads = _names(map(_HEAD.fullmatch, lines))
    headed = bool(heads) or any(map(_VOICE.search, lines))
    leads = [_LEAD.fullmatch(line) for line in lines]
    untimed = [lead[4] or "" if lead else line for line, lead in zip(lines, leads, strict=True)]
    names = set() if headed else _names(map(_SAID.fullmatch, untimed))
    speaker, start_s, end_s, skipped = "", None, None, False
    following = [*lines[1:], ""]
    for line, lead, said_there, after in zip(lines, leads, untimed, following, strict=False):
        skipped = (skipped or line.startswith(_ASIDE)) and bool(line)
        if skipped or not line or _CUE.match(after):
            continue
        if cue := _CUE.match(line):
            start_s, end_s = _seconds(cue.groups()[:3]), _seconds(cue.groups()[3:])
            continue
        if (head := _HEAD.fullmatch(line)) and head[1] in heads:
            speaker, start_s, end_s = head[1], _seconds(head.groups()[1:]), None
            continue
        if voice := _VOICE.search(line):
            speaker = html.unescape(voice[1]).strip()
        if lead:
            start_s, end_s = _seconds(lead.groups()[:3]), None
        text = html.unescape(_TAG.sub("", said_there)).strip()
        if (said := _SAID.fullmatch(text)) and said[1] in names:
            speaker, text = said[1], said[2]
        if text and speaker:
            yield speaker, text, start_s, end_s


def _names(found: Iterable[re.Match[str] | None]) -> set[str]:
    """Return what is a name among what stands where names do: it comes back, or has capitals."""
    counts = Counter(match[1] for match in found if match)
    return {name for name, count in counts.items() if count > 1 or name.istitle()}


def _merged(pieces: Iterator[_Piece]) -> list[_Piece]:
    """Join what one person says in a row; what is only said in passing parts nobody's turn."""
    found: list[_Piece] = []
    for speaker, text, start_s, end_s in pieces:
        passing = len(text.split()) <= PASSING_WORDS and not text.endswith("?")
        if found and found[-1][0] == speaker:
            found[-1] = (speaker, f"{found[-1][1]} {text}", found[-1][2], end_s)
        elif not (passing and found) or found[-1][1].endswith("?"):
            found.append((speaker, text, start_s, end_s))
    return found


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in groups)
    return float(3600 * hours + 60 * minutes + seconds)


def events_of(meeting: Meeting, speaker: str, brief: Brief) -> Iterator[Event]:
    """Yield the journal of an interview of `speaker`, whose turns answer those of the others."""
    first_s = meeting.turns[0].start_s
    half_s = (first_s + meeting.turns[-1].end_s) / 2
    asked = invited = False
    for turn in meeting.turns:
        times = {"start_s": turn.start_s - first_s, "end_s": turn.end_s - first_s}
        if turn.speaker == speaker:
            if asked:
                texts = turn.text.split()
                words = (
                    spread(texts, **times) if meeting.timed else [Word(t, **times) for t in texts]
                )
                yield event_of("words", words=[vars(word) for word in words])
                yield event_of("heard", text=turn.text, **times)
            continue
        asked = True
        opens = "questions for" in turn.text.casefold() and turn.start_s > half_s
        kind = "reply" if invited else "your_questions" if opens else "question"
        invited = invited or opens
        text = _question(turn.text) if kind == "question" else turn.text
        yield event_of(
            "said",
            kind=kind,
            text=text,
            reason="from a transcript",
            question_index=_index(turn.text, brief) if kind == "question" else None,
            speaker="" if len(meeting.speakers) == 2 else turn.speaker,
            heard=text,
            **times,
        )


def _question(text: str) -> str:
    """Return a turn from its first question on; what is none as it is."""
    sentences = re.findall(r"[^.!?]+[.!?]*", text)
    at = next((n for n, one in enumerate(sentences) if one.endswith("?")), 0)
    return "".join(sentences[at:]).strip() or text


def _index(text: str, brief: Brief) -> int | None:
    """Return which question of the brief was asked word for word, None for none."""
    said = key_of(text)
    return next((n for n, one in enumerate(brief.questions) if key_of(one.text) in said), None)
