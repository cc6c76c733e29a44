"""What an answer leaves open, and which follow-up that brings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.brief import Brief, Question, TalkingPoint
from agent.interviewer.answer.heard import claims, has_outcome, has_trade_off, team_words
from agent.interviewer.answer.phrases import phrases_of, spellings
from agent.interviewer.checks import MOST_WORDS, leaks, problem_with
from agent.interviewer.mind import RulesMind
from agent.interviewer.planning.plan import make_plan
from agent.interviewer.probing.probes import Answered, Probe, probes
from agent.interviewer.words import words_of
from agent.text.numbers import find_numbers
from tests.interviewer_candidates import BRIEF, hold

DESIGN, DOMAIN, STORY = BRIEF.questions[0], BRIEF.questions[1], BRIEF.questions[2]
FILLING = "and so I looked at what was there and I asked around on the quay until I had it all "


def kinds(question: Question, answer: str) -> list[str]:
    return [probe.kind for probe in probes(Answered(Brief(), question, (answer,)))]


def first(kind: str, question: Question, answer: str) -> Probe:
    return next(p for p in probes(Answered(BRIEF, question, (answer,))) if p.kind == kind)


class TestNumber:
    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("it got much faster after that", "much faster"),
            ("It was significantly more reliable.", "significantly more reliable"),
            ("we reduced the waiting time", "reduced"),
            ("there were a lot of users on it", "a lot of users"),
            ("many patients came back", "many patients"),
            ("the falls went down a lot", "down a lot"),
        ],
    )
    def test_a_claim_without_a_figure(self, answer: str, words: str) -> None:
        assert [claim.words for claim in claims(answer)] == [words]

    @pytest.mark.parametrize(
        "answer",
        [
            "it got much faster, from 40 to 12 seconds",
            "we reduced it by half",
            "with a lot of users, about three thousand of them",
            "that would be much faster",
            "it was not much better",
            "we wanted to have improved it",
            "a better way",
        ],
    )
    def test_figures_and_wishes_are_left_alone(self, answer: str) -> None:
        assert claims(answer) == []

    def test_what_was_changed_is_quoted_as_far_as_it_is_trusted(self) -> None:
        known = frozenset(("evaluation", "cycles"))
        found = claims("we reduced the evaluation cycles wreck a nice beach", known)
        assert found[0].words == "reduced the evaluation cycles"

    def test_the_question_takes_up_the_words(self) -> None:
        probe = first("number", STORY, FILLING * 3 + "and it was much faster")
        assert probe.wordings[0] == 'You said "much faster". By how much, roughly?'
        assert probe.evidence == '"much faster" has no figure'


class TestOwnership:
    def test_all_we(self) -> None:
        assert team_words("we built it and we ran it and our boss liked it") == "we built"

    @pytest.mark.parametrize(
        "answer",
        ["we did it", "we built and I wrote the checker and we ran it and we moved on", "I did it"],
    )
    def test_own_work_is_enough(self, answer: str) -> None:
        assert team_words(answer) is None

    def test_i_think_is_no_own_work(self) -> None:
        assert team_words("I think we did we do I guess we had I mean our work") == "we did"


class TestStoryAndDesign:
    def test_a_story_without_an_end(self) -> None:
        assert "outcome" in kinds(STORY, FILLING * 3)
        assert "outcome" not in kinds(STORY, FILLING * 3 + "and in the end the crate was found")
        assert "outcome" not in kinds(DOMAIN, FILLING * 3)

    def test_a_design_without_a_trade_off(self) -> None:
        assert "trade_off" in kinds(DESIGN, FILLING * 3)
        assert "trade_off" not in kinds(DESIGN, FILLING * 3 + "the trade off is cost")
        assert "trade_off" not in kinds(STORY, FILLING * 3)

    def test_the_decision_is_taken_up_where_its_object_is_trusted(self) -> None:
        answer = FILLING * 3 + "I would keep the containers"
        assert first("trade_off", DESIGN, answer).wordings[0] == (
            "You said you would keep the containers. What would you give up by doing it that way?"
        )
        asked = first("trade_off", DESIGN, FILLING * 3 + "and I took the schedulers").wordings
        assert "What would you give up by doing it that way?" in asked
        assert not any("schedulers" in text for text in asked)

    def test_we_in_a_design_is_courtesy_unless_it_was_done(self) -> None:
        assert "ownership" not in kinds(DESIGN, "we would need our cranes and we would go on")
        assert "ownership" in kinds(DESIGN, "we built our cranes and then we went on")

    @pytest.mark.parametrize("cue", ["rather than waiting", "the downside is", "compared to Kafka"])
    def test_cues_of_weighing(self, cue: str) -> None:
        assert has_trade_off(f"so I would take this {cue} and go on")

    @pytest.mark.parametrize(
        "cue", ["in the end", "it went live", "I learned", "the patient recovered"]
    )
    def test_cues_of_an_end(self, cue: str) -> None:
        assert has_outcome(f"and so {cue} as it was")

    def test_a_short_answer_is_asked_to_go_on_about_its_topic(self) -> None:
        probe = first("depth", STORY, "something with the container data")
        assert probe.wordings[0] == "Could you tell me more about the container data?"


class TestWording:
    @pytest.mark.parametrize(
        ("answer", "asked"),
        [
            ("There we reduced the waiting time for our boss.", "You spoke of a reduction."),
            ("In June I improved our data quality.", "You said you improved your data quality."),
            ("This rule improved the container data.", 'You said "improved the container data".'),
            ("We had a lot of data.", 'You said "a lot of data". Roughly how much are'),
            ("We had a lot of users.", 'You said "a lot of users". Roughly how many are'),
            ("The errors decreased. Container data got better.", "You spoke of a decrease."),
        ],
    )  # fmt: skip
    def test_a_claim_is_said_back_in_good_english(self, answer: str, asked: str) -> None:
        assert first("number", STORY, f"{answer} {FILLING * 3}").wordings[0].startswith(asked)

    def test_a_decision_in_the_past_is_asked_about_in_the_past(self) -> None:
        probe = first("trade_off", DESIGN, FILLING * 3 + "so we took our containers")
        asked = "You said you took your containers. What did you have to give up for that?"
        assert probe.wordings[0] == asked

    def test_where_nothing_was_decided_no_choice_is_spoken_of(self) -> None:
        assert "compromises" in first("trade_off", DESIGN, FILLING * 3).wordings[0]

    def test_work_is_asked_for_beside_what_was_told(self) -> None:
        probe = first("unmade_point", STORY, FILLING * 3 + "in the container project")
        assert probe.wordings[0] == (
            "Apart from the container project, where else in your work has this come up?"
        )

    def test_what_was_taken_up_once_is_not_taken_up_again(self) -> None:
        asked = ("You mentioned the container data. Could you say more about that?",)
        answer = ("with the container data and our cranes",)
        here = Answered(BRIEF, STORY, answer, asked=asked, asked_here=asked)
        assert [piece.words for piece in here.taken] == ["cranes"]
        later = Answered(BRIEF, STORY, answer, asked=asked)
        assert [piece.words for piece in later.taken] == ["cranes", "container data"]

    @pytest.mark.parametrize("question", BRIEF.questions)
    def test_every_wording_can_be_spoken(self, question: Question) -> None:
        for nth in range(3):
            for answer in ("so the cranes", FILLING, FILLING * 3 + " we moved our cranes" * 3):
                answered = Answered(BRIEF, question, (answer,), asked=("Why?",) * nth)
                for probe in probes(answered):
                    for text in probe.wordings:
                        problem = problem_with(text, [], BRIEF.talking_points, answer, MOST_WORDS)
                        assert problem == "", text
                        # A number of ours would be taken for one of a talking point.
                        assert not find_numbers(text), text


class TestDetail:
    def test_a_brief_answer_with_nothing_open_is_asked_for_detail(self) -> None:
        assert kinds(DOMAIN, FILLING + "and I wrote it down for them") == ["depth"]

    def test_not_after_a_follow_up(self) -> None:
        answered = Answered(Brief(), DOMAIN, (FILLING, "and that was it"))
        assert list(probes(answered)) == []


class TestPhrases:
    KNOWN = spellings(
        Brief(
            snapshot="We run profiling on Apple Silicon. The GPU and the cranes are ours.",
            stack="Costs of container data; Cranes; OpenRLHF and NCCL traces; throughput, looked",
        )
    )

    def spoken(self, answer: str, dull: frozenset[str] = frozenset()) -> list[str]:
        return [phrase.spoken for phrase in phrases_of(answer, self.KNOWN, dull)]

    @pytest.mark.parametrize(
        ("answer", "spoken"),
        [
            ("we run it on apple silicon and wreck a nice beach", ["Apple Silicon"]),
            ("I looked at our container data", ["your container data"]),
            ("a container", ["the container"]),
            ("these cranes", ["those cranes"]),
            ("with nccl as well", ["NCCL"]),
            ("the container and our cranes", ["your cranes", "the container"]),
        ],
    )
    def test_words_of_the_brief_are_said_back_as_the_other_one_says_them(
        self, answer: str, spoken: list[str]
    ) -> None:
        assert self.spoken(answer) == spoken

    @pytest.mark.parametrize(
        "answer",
        ["no container at all", "with container and so on", "the container looked", "profiling",
         "the beach was nice", "the three of them", "profiling of throughput nccl's"],
    )  # fmt: skip
    def test_what_would_not_be_good_english_is_not(self, answer: str) -> None:
        assert self.spoken(answer) == []

    def test_a_phrase_ends_with_its_sentence(self) -> None:
        assert self.spoken("memory on the gpu openrlhf was faster") == ["OpenRLHF"]
        assert self.spoken("memory on the gpu. Container data is next") == []
        assert self.spoken("It was the throughput. Costs were fine") == ["the throughput"]

    def test_words_of_the_question_are_dull(self) -> None:
        assert self.spoken("the throughput of containers", frozenset(["throughput"])) == []


class TestUnmadePoint:
    def test_an_invited_point_is_asked_for_without_its_content(self) -> None:
        probe = first("unmade_point", DOMAIN, FILLING * 3)
        assert probe.point_index in (0, 1)
        assert all(not leaks(text, BRIEF.talking_points[1], "") for text in probe.wordings)

    def test_a_point_that_was_made_is_not_asked_for(self) -> None:
        made = BRIEF.talking_points[1].text
        found = list(probes(Answered(BRIEF, DOMAIN, (made + FILLING * 2,))))
        assert all(probe.point_index != 1 for probe in found)

    def test_a_point_made_earlier_is_not_asked_for(self) -> None:
        made = (BRIEF.talking_points[1].text,)
        found = list(probes(Answered(BRIEF, DOMAIN, (FILLING * 3,), made)))
        assert all(probe.point_index != 1 for probe in found)

    def test_none_is_asked_for_twice(self) -> None:
        sought = frozenset((0, 1, 2))
        found = list(probes(Answered(BRIEF, DOMAIN, (FILLING * 3,), sought=sought)))
        assert all(probe.kind != "unmade_point" for probe in found)


class TestLeaks:
    POINT = TalkingPoint(
        name="Distributed systems at scale",
        text="At Intuit I scaled ICE from 6K to 50K TPS with a migration to rSocket,"
        " sub-25 ms TP99, for millions.",
    )

    @pytest.mark.parametrize(
        "text",
        [
            "Was that at Intuit?", "Did you use r socket there?", "Did you use rSocket?",
            "Was it fifty thousand?", "From 6,000 upwards?", "What was the TP99?", "Was it ICE?",
            "Did a migration of distributed parts help?", "Was it 25 milliseconds?",
        ],
    )  # fmt: skip
    def test_names_numbers_and_telling_words(self, text: str) -> None:
        assert leaks(text, self.POINT, "")

    @pytest.mark.parametrize(
        "text",
        ["What was the scale of it?", "Which systems did you work on?", "Did you migrate it?",
         "What did it cost you?", "At what price?"],
    )  # fmt: skip
    def test_general_words_do_not(self, text: str) -> None:
        assert not leaks(text, self.POINT, "")

    def test_what_was_said_may_be_taken_up(self) -> None:
        said = "we moved to our socket and r socket at intuit\nand it was six thousand before"
        assert not leaks("You moved to rSocket at Intuit from 6K. Why?", self.POINT, said)
        assert leaks("You moved to rSocket and 50K. Why?", self.POINT, said)


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "empty"),
            ("Tell me more.", "one question"),
            ("Why? And how?", "one question"),
            ("Why? Tell me.", "one question"),
            ("why " * 26 + "?", "more than 25 words"),
            ("**Why** is that?", "markup"),
            ("(smiles) Why is that?", "markup"),
            ("Interviewer: why is that?", "markup"),
            ("Great answer! Why is that?", "judges"),
            ("That's impressive. Why is that?", "judges"),
            ("Good point, but why?", "judges"),
            ('You said "we sank the ship". Why?', "quotes what was not said"),
            ("What brings you here?", "asked before"),
            ("Did you meet Ms. Okafor there?", "gives away"),
        ],
    )
    def test_each_is_named(self, text: str, problem: str) -> None:
        asked = ["What brings you here?"]
        found = problem_with(text, asked, BRIEF.talking_points, "we moved it", MOST_WORDS)
        assert problem in found

    def test_a_plain_question_passes(self) -> None:
        text = 'You said "we moved it". What made that a good choice?'
        assert problem_with(text, [], BRIEF.talking_points, "and we moved it", MOST_WORDS) == ""


NAMES = st.sampled_from(
    ["Zorbex", "QuanTix", "rMesh", "HALCYON", "Vexley", "TP42", "Ostrava", "What", "Scale", "Work"]
)
NUMBERS = st.sampled_from(["4711", "6K", "93%", "1.5M", "twelve", "38 minutes", "2,300", "1"])
TOPICS = st.sampled_from(
    ["scheduler", "patients", "evaluation", "data quality", "figures", "scale"]
)
POINTS = st.builds(
    lambda name, topic, number, other: TalkingPoint(
        name=f"{topic.capitalize()} with {name}",
        text=f"At {other} I took the {topic} to {number} with {name}, which was much faster.",
    ),
    NAMES, TOPICS, NUMBERS, NAMES,
)  # fmt: skip
ANSWERS = st.lists(
    st.sampled_from(
        ["we built the scheduler and we ran it", "the patients were much better", "I improved the"
         " evaluation", "Zorbex was there", "about 4711 of them", "we had a lot of data", "our work"
         " on data quality", "at that time there was a problem", "in the end it worked", "rather"]
    ), min_size=1, max_size=14,
).map(" and ".join)  # fmt: skip
BRIEFS = st.builds(
    lambda points, areas: Brief(
        questions=tuple(
            Question(area=area, text=f"How would you improve the {topic}, number {n}?", why=topic)
            for n, (area, topic) in enumerate(areas)
        ),
        talking_points=tuple(points),
    ),
    st.lists(POINTS, max_size=5),
    st.lists(
        st.tuples(st.sampled_from(["behavioral", "domain", "system_design"]), TOPICS), max_size=4
    ),
)
TOLD = ("zorbex", "quantix", "rmesh", "halcyon", "vexley", "tp42", "ostrava", "4711", "6k", "93",
        "1.5m", "1.5", "twelve", "38", "2,300", "2")  # fmt: skip


@settings(max_examples=60)
@given(BRIEFS, st.lists(ANSWERS, min_size=1, max_size=6))
def test_no_follow_up_ever_gives_a_fact_away(brief: Brief, answers: list[str]) -> None:
    held = hold(
        RulesMind(brief, make_plan(brief, 15)),
        lambda _, turns: (answers[len(turns) % len(answers)], "silence"),
    )
    said = ""
    for turn in held.turns:
        if turn.move.kind == "follow_up":
            facts = {fact for fact in TOLD if fact not in words_of(said)}
            assert not facts & set(words_of(turn.move.spoken))
            assert not any(leaks(turn.move.text, point, said) for point in brief.talking_points)
        said += f"\n{turn.move.text}\n{turn.answer}"
    texts = [turn.move.text for turn in held.turns if turn.move.kind in ("question", "follow_up")]
    assert len(texts) == len(set(texts))
