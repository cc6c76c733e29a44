"""A journal read back: what is an answer, and what is a question of the person's own."""

from pathlib import Path
from typing import Any

from agent.analysis.conversation import Conversation, read_conversation
from agent.session import Session, SessionMeta, read_session
from agent.session.events import event_of

QUESTION = {"kind": "question", "text": "Why us?", "question_index": 0}
INVITED = {"kind": "your_questions", "text": "What would you like to ask us?"}


def conversation(folder: Path, *events: tuple[str, dict[str, Any]]) -> Conversation:
    """Write the events three seconds apart and read them back."""
    with Session(folder, SessionMeta()) as session:
        for number, (name, fields) in enumerate(events):
            times = {"start_s": 3.0 * number, "end_s": 3.0 * number + 2.0}
            session.journal.append(event_of(name, **times, **fields))
    return read_conversation(read_session(folder))


def test_the_rest_of_a_question_of_ones_own_belongs_to_it(tmp_path: Path) -> None:
    resumed = {"kind": "reply", "text": "Python.", "stopped_by": "resumed_answer"}
    found = conversation(
        tmp_path / "s",
        ("said", INVITED),
        ("heard", {"text": "what do you build with"}),
        ("said", resumed),
        ("heard", {"text": "and since when", "continues": True}),
        ("said", {"kind": "reply", "text": "I don't have that."}),
    )
    assert [one.text for one in found.own_questions] == ["what do you build with and since when"]
    assert found.own_questions[0].end_s == 11.0
    assert found.answers == ()
