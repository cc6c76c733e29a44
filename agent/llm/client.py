"""One way to ask a local model, one deadline and one way to give it up, whoever asks.

The interviewer, the judge and the writer of briefs each have a client. Whatever goes wrong is an
InterviewerError in one line: no server, no such model, too late, of another kind than asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import commonprefix
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from agent.errors import InterviewerError
from agent.llm.server import LIST_S, LateError, call, insist_on_local

LOAD_S = 180.0
"""How long a model may take to be loaded."""
_MOST_FAILURES = 3
"""After so many failures in a row a model is not asked again."""
_ALWAYS = {"think": False, "keep_alive": "30m"}
"""No thinking aloud; the model stays in memory for longer than a turn lasts."""
_OPTIONS = {"temperature": 0.2, "seed": 7}
"""Nearly the same words each time."""
_AGAIN = {"temperature": 0.8, "seed": 8}
"""For the second try: a small model, told what was wrong, writes the same again with those."""
_CONTEXTS = (4096, 8192, 16_384, 32_768)
"""The sizes of a context, in tokens; the first is what most servers have anyway."""
_LETTERS_PER_TOKEN = (3.0, 7.0)
"""English has between so many (ours: 4.4 in our prompts with Qwen2.5)."""
_MOST_REPLY_LETTERS = 20_000
"""A reply that is longer is not read to its end; no shape asked for holds a tenth of it."""
_SLACK = 3.0
"""A reply may take so many times longer than the speed measured so far tells."""
_LINE_TOKENS = 40
"""Ten words have about 14."""
_SHAPE_TOKENS = 240
_TELLING_LETTERS = 400
"""So much has to be read anew for its speed to be told."""

Message = dict[str, str]
"""One message of a chat: its "role" and its "content"."""
Shape = TypeVar("Shape", bound=BaseModel)
_Result = TypeVar("_Result")


class UnusableError(Exception):
    """What a model wrote cannot be used; the text says why, and is told to the model."""


class RefusedError(UnusableError):
    """It has the form that was asked for, and may not be used for what it says."""


@dataclass(frozen=True)
class _Way(Generic[_Result]):
    """How something is asked for."""

    read: Callable[[str], _Result]
    """Makes of a reply what is wanted, or raises UnusableError."""
    enough: Callable[[str], bool]
    """Tells of the reply so far that no more of it is needed."""
    tokens: int
    form: Mapping[str, Any] = field(default_factory=dict)
    gone: Callable[[], bool] = lambda: False
    """Tells that the reply is no longer wanted."""


class Client:
    """One model and one piece of work: how it is asked, how long it may take, when it is given up.

    A reply that is late or of another form is a failure; after three in a row `given_up` says why.
    One that had to wait behind an earlier call, whose caller had gone, is none, and neither is one
    that is refused for what it says.
    """

    def __init__(
        self,
        model: str,
        beginning: Sequence[Message],
        deadline_s: float,
        speed: tuple[float, float] = (0.0, 0.0),
    ) -> None:
        """Prepare it; `beginning` opens every chat, and `deadline_s` is for one reply at least.

        With a `speed` that is known a reply may take three times as long as that tells.
        """
        self.model = model
        self.given_up = ""
        """Why it is not asked any more, "" while it is."""
        self._beginning = [*beginning]
        self._deadline_s = deadline_s
        self.speed = speed
        """Tokens read and written a second, 0 until that is known."""
        self._context = _CONTEXTS[0]
        self._before = ""
        self._failures = 0
        self._running: set[object] = set()

    def begin(self) -> None:
        """Insist on the model, and have it loaded and the beginning of every chat read."""
        insist_on_local(self.model, LIST_S)
        self.read_ahead("")

    def read_ahead(self, content: str) -> None:
        """Have the words read that the next call will begin with."""
        messages = [*self._beginning, *_as_user(content)]
        options = {**_OPTIONS, "num_ctx": self._context, "num_predict": 1}
        asked = {"messages": messages, "options": options, **_ALWAYS}
        mine = self._queued()
        try:
            call(lambda client: client.chat(self.model, **asked), LOAD_S, self.model)
        finally:
            self._running.discard(mine)

    def line(self, content: str, gone: Callable[[], bool] = lambda: False) -> str:
        """Return the first line that the model writes.

        `gone` tells at each piece of the reply that it is no longer wanted.
        """

        def read(text: str) -> str:
            if not text.strip():
                raise UnusableError("it is empty")
            return text.strip().splitlines()[0].strip()

        def enough(text: str) -> bool:
            return gone() or "\n" in text.lstrip()

        return self._asked(content, _Way(read, enough, _LINE_TOKENS, gone=gone))

    def shaped(
        self, content: str, shape: type[Shape], problem_of: Callable[[Shape], str] = lambda _: ""
    ) -> Shape:
        """Return an object of a shape; see `line`."""

        def read(text: str) -> Shape:
            try:
                # Some models put it into a code fence, whatever they are asked for.
                found = shape.model_validate_json(text[text.find("{") : text.rfind("}") + 1])
            except ValidationError as error:
                fields = ", ".join(shape.model_fields)
                raise UnusableError(f"it is no JSON object with {fields}") from error
            if problem := problem_of(found):
                raise RefusedError(problem)
            return found

        def enough(text: str) -> bool:
            return len(text) > _MOST_REPLY_LETTERS

        form = {"format": shape.model_json_schema()}
        return self._asked(content, _Way(read, enough, _SHAPE_TOKENS, form))

    def _asked(self, content: str, way: _Way[_Result]) -> _Result:
        """Ask, once more where the reply cannot be used, and count what fails."""
        if self.given_up:
            raise InterviewerError(f"{self.model} is not asked any more: {self.given_up}")
        messages = [*self._beginning, *_as_user(content)]
        queued, problem = bool(self._running), UnusableError()
        for options in (_OPTIONS, _AGAIN):
            try:
                text = self._reply(messages, way, options)
            except InterviewerError as error:
                if not (way.gone() or (queued and isinstance(error, LateError))):
                    self._failed(str(error))
                raise
            if way.gone():
                raise InterviewerError(f"the reply of {self.model} is not wanted any more")
            try:
                found = way.read(text)
            except UnusableError as error:
                problem = error
                again = f"No: {problem}. Write it anew, and nothing else."
                messages += [{"role": "assistant", "content": text}, *_as_user(again)]
            else:
                self._failures = 0
                return found
        told = f"the reply of {self.model} could not be used: {problem}"
        if isinstance(problem, RefusedError):
            self._failures = 0
        else:
            self._failed(told)
        raise InterviewerError(told)

    def _queued(self) -> object:
        """Return what stands for a call while it runs."""
        mine = object()
        self._running.add(mine)
        return mine

    def _failed(self, why: str) -> None:
        self._failures += 1
        if self._failures >= _MOST_FAILURES:
            self.given_up = why

    def _reply(self, messages: list[Message], way: _Way[_Result], how: dict[str, float]) -> str:
        prompt = "\n".join(message["content"] for message in messages)
        need = len(prompt) / _LETTERS_PER_TOKEN[0] + way.tokens
        fits = next((size for size in _CONTEXTS if size >= need), 0)
        if not fits:
            raise InterviewerError(f"there is too much to read for {self.model}; shorten it")
        self._context = max(self._context, fits)  # another size would load the model anew
        same = commonprefix([prompt, self._before])  # noqa: RUF071 - letters are meant
        fresh, self._before = len(prompt) - len(same), prompt
        deadline_s = self._deadline_s
        if all(self.speed):
            read_s, write_s = fresh / 4 / self.speed[0], way.tokens / self.speed[1]
            deadline_s = max(deadline_s, _SLACK * (read_s + write_s))
        options = {**how, "num_ctx": self._context, "num_predict": way.tokens}
        asked = {"messages": messages, "options": options, **_ALWAYS, **way.form}
        mine = self._queued()

        def write(client: Any) -> str:
            try:
                return self._written(client.chat(self.model, stream=True, **asked), way, fresh)
            finally:
                self._running.discard(mine)

        return call(write, deadline_s, self.model)

    def _written(self, pieces: Any, way: _Way[_Result], fresh: int) -> str:
        """Return what a model writes; Ollama stops to work on a reply that is read no further."""
        text = ""
        for piece in pieces:
            text += piece.message.content or ""
            if piece.message.thinking or text.lstrip().startswith("<think"):
                raise InterviewerError(
                    f"{self.model} thinks before it replies; use one that does not: llama3.2"
                )
            if piece.done:
                self._measure(piece, fresh)
            if way.enough(text):
                break
        return text

    def _measure(self, last: Any, fresh: int) -> None:
        """Keep the speed; refuse a reply to a prompt that the server cut, which it never says."""
        read, written = last.prompt_eval_count or 0, last.eval_count or 0
        if 0 < read < fresh / _LETTERS_PER_TOKEN[1]:
            raise InterviewerError(
                f"Ollama cut what {self.model} had to read to {read} tokens; use another model"
            )
        read_s, write_s = (last.prompt_eval_duration or 0) / 1e9, (last.eval_duration or 0) / 1e9
        if read_s > 0 and write_s > 0 and fresh > _TELLING_LETTERS:
            # What was there already is read at no cost.
            self.speed = (min(read, fresh / 4) / read_s, written / write_s)


def _as_user(content: str) -> list[Message]:
    return [{"role": "user", "content": content}] if content else []
