"""The interviewer speaks English only; a brief in another language is told from the brief."""

import io
from pathlib import Path

import pytest

from agent.brief.read import read_brief
from agent.cli.main import main
from agent.text.language import is_english
from tests.brief_pairs import NAMES, files
from tests.need import ROOT

OTHERS = {
    "de": "Wie debuggen Sie einen Deadlock im Kubernetes-Cluster? Welche Metriken nutzen Sie"
    " für das Monitoring der Pipeline, und wie haben Sie das Caching mit Redis umgesetzt?",
    "es": "¿Por qué quiere trabajar con nosotros y qué sabe de nuestra empresa? Cuente"
    " una situación en que un proyecto no salió como esperaba y lo que aprendió.",
    "ja": "注文を毎分一万件さばくシステムをどう設計しますか。",
}
"""Two questions a language, written for this test."""
ENGLISH = {
    "terms alone": "Kafka partitions, consumer groups, rebalancing, Raft, Paxos, CRDTs, gRPC, mTLS,"
    " Kubernetes operators, Helm charts, Terraform modules, Prometheus alerts, Loki, Grafana,"
    " Jaeger, OpenTelemetry, eBPF, io_uring, NUMA, RDMA",
    "names": "Van der Berg, De Luca, Los Angeles, Las Vegas, Des Moines, El Paso, San Jose, La"
    " Jolla: compare tax law, zoning, licensing, permits, insurance, payroll",
    "short": "Kubernetes? Terraform?",
}
"""English at its least English: where nothing is sure nothing is said."""


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_languages_are_told(text: str) -> None:
    assert not is_english(text)


def test_english_full_of_terms_and_our_briefs_and_resumes_are_english() -> None:
    briefs = [read_brief(str(path)) for path in (ROOT / "briefs").iterdir()]
    texts = [item.text for brief in briefs for item in (*brief.questions, *brief.talking_points)]
    texts += [path.read_text(encoding="utf-8") for name in NAMES for path in files(name)]
    assert [text for text in (*texts, *ENGLISH.values()) if not is_english(text)] == []


def test_who_brings_a_brief_in_another_language_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    questions = OTHERS["de"].replace("? ", "?\n- ")
    (tmp_path / "brief.md").write_text(f"## Questions\n- {questions}\n", encoding="utf-8")
    command = ["run", str(tmp_path / "brief.md"), "--text", "--out", str(tmp_path / "out")]
    assert main(command) == 0
    assert "not in English" in capsys.readouterr().out
