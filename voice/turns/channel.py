"""The conversation in sound: say a text, listen to a turn, record all of it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from voice.audio.port import Port
from voice.audio.recorder import Recorder
from voice.speech.protocols import Recognizer, Synthesizer
from voice.speech.smart_turn import SmartTurn
from voice.speech.transcript import text_of
from voice.turns.bargein import BargeInListener, Overlap, Reaction
from voice.turns.controls import Control, spoken_control
from voice.turns.endpointing import Decision, Patience, SoFar, acknowledges, cut_in, decide
from voice.turns.intake import Intake
from voice.turns.pauses import Pauses
from voice.turns.playback import Playback, Waiting
from voice.turns.talk import ChannelEvent, EndedBy, Heard, Listening, Said, StoppedBy, WordsHeard
from voice.turns.turn import Ending, Turn
from voice.turns.voice_activity import VoiceActivity
from voice.turns.workers import Speaker, Transcriber

_SILENCING = (Control.SKIP, Control.FINISH, Control.REPEAT)
"""Keys that cut the interviewer short; the others wait until listening begins."""
COUGH_S = 1.5
"""A voice shorter than this in which no word was understood is no answer."""


@dataclass(frozen=True)
class Parts:
    """What a spoken channel is made of."""

    port: Port
    """Microphone and loudspeaker, open; whoever opened it closes it."""
    recognizer: Recognizer
    synthesizer: Synthesizer
    folder: Path
    """Where the two tracks are written."""
    patience: Patience = Patience()  # noqa: RUF009 - frozen
    smart_turn: SmartTurn | None = None
    """None where its model is not there."""
    half_duplex: bool = False
    """Never listen while the interviewer speaks."""
    voices: Mapping[str, Synthesizer] = field(default_factory=dict)
    """Further synthesizers by the name of their voice, for a panel."""


class SpokenChannel:
    """Talk through an audio port, recording both sides."""

    def __init__(
        self,
        parts: Parts,
        observe: Callable[[ChannelEvent], None],
        pressed: Callable[[], Control | None],
    ) -> None:
        self._port = parts.port
        self._patience = parts.patience
        self._ending = Ending(parts.smart_turn, parts.port.realtime)
        self._observe = observe
        self._activity = VoiceActivity(parts.half_duplex)
        self._recorder = Recorder(parts.folder)
        self._intake = Intake(parts.port, self._recorder, self._activity, observe, pressed)
        self._transcriber = Transcriber(parts.recognizer)
        self._speaker = Speaker(parts.synthesizer, parts.voices)
        self._open = ExitStack()
        self._pauses = Pauses()
        self.turn = Turn(0.0, self._transcriber.submit)
        """The turn being heard, or the last one."""
        self._aside: Playback | None = None
        """The little word of this turn, such as "I see."; None before it."""
        self._listener = BargeInListener(self.turn, Overlap.begin(0.0))

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            for part in (self._recorder, self._transcriber, self._speaker, self._ending):
                stack.enter_context(part)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._port.stop()
        self._open.__exit__(kind, error, trace)

    @property
    def now_s(self) -> float:
        """Session time: the end of the last frame."""
        return self._intake.now_s

    @property
    def paused_s(self) -> float:
        """Session time spent in pauses."""
        return self._intake.paused_s

    @property
    def realtime(self) -> bool:
        """Whether time passes while nobody asks for it."""
        return self._port.realtime

    def prepare(self, text: str, voice: str = "") -> None:
        """Synthesize a text ahead; not where sample time runs freely: nobody waits there."""
        if self._port.realtime:
            self._speaker.prepare(text, voice)

    def say(self, text: str, yielding: bool = True, voice: str = "") -> Said:
        """Speak a text until it is heard, a key cuts it short, or the person takes the floor."""
        playback = Playback(self._speaker.begin(text, voice), self._port, self.now_s)
        return self._keep_floor(playback, yielding and self._activity.full_duplex)

    def wait(self, ready: Callable[[], bool], most_s: float) -> Said:
        """Say nothing for a while; in half duplex too a voice is noticed, since all is silent."""
        began_s = self.now_s
        if not self._port.realtime:
            return Said(began_s, began_s)

        def over() -> bool:
            return self.now_s - began_s >= most_s - 1e-9 or ready()

        waited = self._keep_floor(Playback(Waiting(over), self._port, began_s), yielding=True)
        if self._intake.waiting is Control.SKIP:
            # Nothing is asked now; kept, the key would skip the next question unheard.
            self._intake.take_waiting()
        return waited

    def _keep_floor(self, floor: Playback, yielding: bool) -> Said:
        listener = self._listener = self._listener.next(self.now_s)
        while not floor.done:
            floor.feed()
            frame, voiced = self._intake.next_frame()
            if floor.heard(frame):
                listener.began(frame.start_s)
            if self._intake.waiting in _SILENCING:
                return floor.cut("key")
            if not yielding:
                self.turn.hear(frame, voiced=False)
                continue
            reaction = listener.hear(frame, voiced, wait=not self._port.realtime)
            if reaction is Reaction.YIELD:
                return floor.cut(self._why(listener.overlap))
            floor.follow(reaction)
        return floor.said()

    def _why(self, overlap: Overlap) -> StoppedBy:
        if not overlap.resumed_answer:
            return "interruption"
        self._pauses = self._pauses.interrupted()
        return "resumed_answer"

    def listen(self, about: Listening = Listening()) -> Heard:  # noqa: B008 - frozen
        """Listen until the turn ends, one that began over the interviewer included."""
        if self._intake.waiting is Control.DONE:
            # Enter during the question only says "I have read it".
            self._intake.take_waiting()
        turn = self.turn
        self._listener.end()
        if turn.hearing.first_voice_s is None:
            turn.restart(self.now_s)
        elif turn.words:
            self._observe(WordsHeard(turn.words))
        self._intake.listening, self._aside = True, None
        try:
            ended_by = self._until_ended(turn, about)
        finally:
            self._intake.listening = self._intake.answering = False
        self._listener = BargeInListener(turn, Overlap.begin(self.now_s))
        words, start_s, end_s = turn.result()
        acknowledged = self._aside.said() if self._aside else None
        return Heard(words, start_s, end_s, ended_by, acknowledged)

    def _until_ended(self, turn: Turn, about: Listening) -> EndedBy:
        told = ""
        while True:
            control = self._intake.take_waiting()
            if control is not None:
                self._collect(turn, finish=True)
                return cast(EndedBy, control.value)
            self._intake.answering = turn.hearing.first_voice_s is not None
            frame, voiced = self._intake.next_frame()
            turn.hear(frame, voiced)
            if self._aside is not None and self._speaking_aside:
                self._aside.feed()
                self._aside.heard(frame)
            if turn.hearing.pause_s is not None:
                self._pauses = self._pauses.after(turn.hearing.pause_s)
            self._collect(turn)
            ended_by = self._judge(turn, about, self._ending.logit(turn))
            if ended_by is not None:
                return ended_by
            if about.cut_in_s is not None and cut_in(turn.hearing, about.cut_in_s):
                return self._cut_in(turn)
            text = text_of(turn.words)
            if text != told and turn.settled:
                told = text
                words, start_s, end_s = turn.result()
                about.ahead(Heard(words, start_s, end_s, "silence"))

    def _cut_in(self, turn: Turn) -> EndedBy:
        self._collect(turn, finish=True)
        text = text_of(turn.words)
        if spoken_control(text) is Control.DONE:
            return "done"
        return "cut_in" if text else "no_speech"

    def _judge(self, turn: Turn, about: Listening, ending: float | None) -> EndedBy | None:
        text = text_of(turn.words)
        if not text and turn.settled and 0.0 < turn.hearing.length_s < COUGH_S:
            turn.disregard()
        asked = spoken_control(text) if text and turn.settled else None
        if asked not in (None, Control.THINK):
            return cast(EndedBy, asked.value)
        so_far = SoFar(text, asked is Control.THINK, turn.finished, ending, about.kind)
        self._acknowledge(turn, so_far, about)
        decision = decide(turn.hearing, so_far, self._pauses, self._patience)
        if decision is Decision.STRETCH:
            turn.hand_over()
        elif decision is Decision.PEEK:
            # Where sample time runs freely the words are waited for, and come no sooner.
            if self._port.realtime:
                turn.peek()
        elif decision is Decision.NOTHING:
            return "ended" if self._port.ended else "no_speech"
        elif decision is Decision.TURN and turn.settled and not self._speaking_aside:
            # Voice without one understood word is noise, or an answer that was not caught.
            return "silence" if text else "no_speech"
        if self._port.ended and turn.hearing.first_voice_s is None:
            return "ended"
        return None

    @property
    def _speaking_aside(self) -> bool:
        return self._aside is not None and not self._aside.done

    def _acknowledge(self, turn: Turn, so_far: SoFar, about: Listening) -> None:
        allowed = self._port.realtime and self._activity.full_duplex and self._aside is None
        if not (allowed and about.acknowledge and so_far.text and turn.settled):
            return
        if acknowledges(turn.hearing, so_far, self._pauses, self._patience):
            speech = self._speaker.begin(about.acknowledge, about.voice)
            self._aside = Playback(speech, self._port, self.now_s)

    def _collect(self, turn: Turn, finish: bool = False) -> None:
        if finish:
            turn.hand_over()
        for words in turn.collect(wait=finish or not self._port.realtime):
            if words:
                self._observe(WordsHeard(words))
