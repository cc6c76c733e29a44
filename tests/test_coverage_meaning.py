"""Sentence vectors: a tiny encoder computed by hand, the real one where it is in the store."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from agent.coverage.encoder import Encoder
from agent.coverage.meaning import Vectors, find_meaning
from agent.coverage.points import judge_text
from agent.errors import RehearseError
from tests.bench.coverage import SETS, cases, confusion, judged, scored
from tests.coverage_points import WARD
from tests.need import need_models
from tests.tiny_minilm import SIZE, write_minilm


@pytest.fixture(scope="module")
def minilm() -> Vectors:
    return Vectors(need_models("minilm") / "minilm")


def test_vectors_have_length_one_and_do_not_depend_on_their_batch(tmp_path: Path) -> None:
    encoder = Encoder(write_minilm(tmp_path))
    texts = ["falls fell", "a", "the ward had fewer falls", ""] * 20
    together = encoder.encode(texts)
    assert together.shape == (80, SIZE)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in texts[:4]])
    np.testing.assert_allclose(together[:4], alone, atol=1e-5)
    np.testing.assert_allclose(together[76:], alone, atol=1e-5)


def test_damaged_files_are_told_in_one_line(tmp_path: Path) -> None:
    folder = write_minilm(tmp_path)
    (folder / "model.safetensors").write_bytes(b"12345678 is no model")
    with pytest.raises(RehearseError, match="rehearse setup minilm"):
        Vectors(folder).likeness("one", ["two"])


def test_nothing_is_found_in_an_empty_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path))
    assert find_meaning() is None


def test_the_cosines_of_the_model_card(minilm: Vectors) -> None:
    # sentence-transformers/all-MiniLM-L6-v2 on the sentences of its inference example.
    others = ["That is a happy dog", "That is a very happy person", "Today is a sunny day"]
    found = minilm.likeness("That is a happy person", others)
    assert found == pytest.approx([0.695, 0.943, 0.257], abs=0.002)


def test_a_claim_in_other_words_is_found_by_its_meaning(minilm: Vectors) -> None:
    text = (
        "I teach the newcomers. Fourteen of them so far, straight from school, within five years,"
        " and only two of them have left the hospital, so twelve are with us."
    )
    points = tuple(WARD.values())
    assert judge_text(WARD["precept"], text, "", points, minilm).status == "covered"


@pytest.mark.parametrize("name", ["fresh", "held out", "developed on"])
def test_figures_on_the_labelled_answers(minilm: Vectors, name: str) -> None:
    covered, macro, wrong = scored(confusion(cases(SETS[name]), judged(minilm)))
    assert min(covered, macro) >= 0.88
    assert wrong >= 0.65
