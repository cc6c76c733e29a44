"""Words on disk: openai-whisper's JSON layout."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.errors import RehearseError
from voice.speech.transcript import Word, joined, read_words, text_of, to_document

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1)


@given(st.lists(st.tuples(TEXTS, st.integers(0, 10**6), st.integers(0, 10**4)), max_size=20))
def test_words_come_back_as_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, int, int]]
) -> None:
    words = tuple(
        Word(text, start / 1000, (start + length) / 1000, 0.5)
        for text, start, length in sorted(rows, key=lambda row: row[1])
    )
    path = tmp_path_factory.mktemp("words") / "transcript.json"
    path.write_text(json.dumps(to_document([words])), encoding="utf-8")
    assert read_words(path) == words


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ([" We", " ran", " 1", ",234", " tests."], "We ran 1,234 tests."),
        ([" $2", ".4", " million", ",", " or", " 30", "%"], "$2.4 million, or 30%"),
        ([" two", "-thirds", " of", " C", "++."], "two-thirds of C++."),
        (["1", ",5", " m"], "1,5 m"),
        ([" um", " ", "", " uh"], "um uh"),
    ],
)
def test_pieces_without_a_space_go_on_with_the_word_before(pieces: list[str], said: str) -> None:
    words = joined(Word(text, float(at), at + 0.5, 0.9) for at, text in enumerate(pieces))
    assert text_of(words) == said
    assert len(words) == len(said.split())


def test_a_file_whose_words_have_no_spaces_has_whole_words(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    rows = [{"word": w, "start": i, "end": i + 1} for i, w in enumerate(["at", "1", "am"])]
    path.write_text(json.dumps({"segments": [{"words": rows}]}))
    assert text_of(read_words(path)) == "at 1 am"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        '{"segments": [{"text": "hello", "start": 0, "end": 1}]}',
        '{"segments": [{"words": [{"word": "x"}]}]}',
        '{"segments": "no"}',
        "\xff",
    ],
)
def test_other_files_are_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "w.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(RehearseError, match="word_timestamps"):
        read_words(path)
