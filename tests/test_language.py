"""The language of an interview: told from the brief, or chosen; English is the only one so far."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.brief.read import read_brief
from agent.cli.main import main
from agent.language import is_english
from tests.brief_pairs import NAMES, files
from tests.need import ROOT

OTHERS = {
    "de": "Wie debuggen Sie einen Deadlock im Kubernetes-Cluster? Welche Metriken nutzen Sie"
    " für das Monitoring der Pipeline, und wie haben Sie das Caching mit Redis umgesetzt?",
    "fr": "Racontez une garde où vous avez dû choisir entre deux patients. Qu'est-ce qui a"
    " guidé votre décision, et que feriez-vous aujourd'hui avec les mêmes moyens ?",
    "es": "¿Por qué quiere trabajar con nosotros y qué sabe de nuestra empresa? Cuente"
    " una situación en que un proyecto no salió como esperaba y lo que aprendió.",
    "it": "Come progetterebbe una piattaforma che deve servire dieci mila utenti al minuto? Ci"
    " racconti di una decisione che ha preso con il suo team e che oggi non prenderebbe più.",
    "nl": "Hoe zou je een systeem ontwerpen dat tienduizend bestellingen per minuut verwerkt?"
    " Vertel over een fout die je hebt gemaakt en wat je er met het team van hebt geleerd.",
    "pt": "Como você projetaria uma fila para uma loja que recebe dez mil pedidos por minuto?"
    " Conte uma situação em que o projeto não saiu como esperava e o que você aprendeu com isso.",
    "sv": "Hur skulle du bygga ett system som klarar tio tusen beställningar i minuten? Berätta om"
    " ett fel som du har gjort och vad du lärde dig av det tillsammans med ditt team.",
    "pl": "Jak zaprojektowałby pan system, który obsługuje dziesięć tysięcy zamówień na minutę? Czy"
    " może pan opisać błąd, który nie został zauważony na czas, oraz co z niego wynikło?",
    "ru": "Как бы вы спроектировали очередь для магазина? Расскажите об ошибке.",
    "ja": "注文を毎分一万件さばくシステムをどう設計しますか。",
}
"""Two questions a language, written for this test."""

ENGLISH = {
    "terms alone": "Kafka partitions, consumer groups, rebalancing, Raft, Paxos, CRDTs, gRPC, mTLS,"
    " Kubernetes operators, Helm charts, Terraform modules, Prometheus alerts, Loki, Grafana,"
    " Jaeger, OpenTelemetry, eBPF, io_uring, NUMA, RDMA",
    "names": "Van der Berg, De Luca, Los Angeles, Las Vegas, Des Moines, El Paso, San Jose, La"
    " Jolla: compare tax law, zoning, licensing, permits, insurance, payroll",
    "Latin terms": "Explain res judicata, habeas corpus, amicus curiae, de novo review, per se"
    " violations, quid pro quo, ad hoc tribunals, in re Gault, non est factum, pro bono work",
    "menu": "Plate coq au vin, sole meunière, crème brûlée, pâte à choux, salade niçoise: walk us"
    " through timing, mise en place, allergens, margins",
    "short": "Kubernetes? Terraform?",
}
"""English at its least English: where nothing is sure the interview goes on."""


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_told(name: str) -> None:
    assert not is_english(OTHERS[name])


@pytest.mark.parametrize("name", ENGLISH)
def test_english_full_of_terms_stays_english(name: str) -> None:
    assert is_english(ENGLISH[name])


def test_our_briefs_and_resumes_are_english() -> None:
    briefs = [read_brief(str(path)) for path in (ROOT / "briefs").iterdir()]
    texts = [item.text for brief in briefs for item in (*brief.questions, *brief.talking_points)]
    texts += [path.read_text(encoding="utf-8") for name in NAMES for path in files(name)]
    assert [text for text in texts if not is_english(text)] == []


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert is_english(text) in (True, False)


GERMAN = "## Questions\n" + "\n".join(
    f"- {question}?" for question in OTHERS["de"].rstrip("?").split("? ")
)


def held(tmp_path: Path, brief: str, *options: str) -> int:
    """Run an interview in which nobody answers, as a command; return the exit code."""
    path = tmp_path / "brief.md"
    path.write_text(brief, encoding="utf-8")
    out = str(tmp_path / "out")
    return main(["run", str(path), "--text", "--no-debrief", "--out", out, *options])


def test_a_brief_in_another_language_is_told_before_anything_is_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert held(tmp_path, GERMAN) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1 and "not in English" in shown.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", ["de", "German", "klingon"])
def test_another_language_is_wrong_usage(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        held(tmp_path, "## Questions\n- Why us?", "--language", language)
    assert ended.value.code == 2
    assert "only English" in capsys.readouterr().err


def test_who_asks_for_english_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Let's stop here.\n"))
    assert held(tmp_path, GERMAN, "--language", "english") == 0
    assert (tmp_path / "out").is_dir()
