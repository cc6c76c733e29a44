"""An hour: `analyze --words` on a recording of 60 minutes, with its report."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from tests.bench.table import arguments, show
from tests.demo_truth import TRUTH
from tests.need import ROOT
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, write_wav
from voice.audio.reading import read_audio
from voice.speech.transcript import Word, to_document


def hour(folder: Path) -> tuple[Path, Path, int]:
    """Write 60 minutes of the demo candidate and its true words, spread over each answer."""
    demo = ROOT / "recordings" / "demo"
    clips = TRUTH.clips
    parts: list[np.ndarray] = []
    segments: list[tuple[Word, ...]] = []
    at_s = 0.0
    while at_s < 3600:
        for name, told in clips.items():
            words = told.text.split()
            step_s = (told.end_s - told.start_s) / len(words)
            start_s = at_s + told.start_s
            segments.append(
                tuple(
                    Word(word, start_s + i * step_s, start_s + (i + 0.9) * step_s)
                    for i, word in enumerate(words)
                )
            )
            samples = read_audio(demo / name).samples
            parts += [samples, np.zeros(SAMPLE_RATE_HZ * 4, np.int16)]
            at_s += len(samples) / SAMPLE_RATE_HZ + 4
    write_wav(folder / "hour.wav", Clip(np.concatenate(parts)))
    (folder / "words.json").write_text(json.dumps(to_document(segments)))
    return folder / "hour.wav", folder / "words.json", sum(map(len, segments))


def main() -> None:
    """Measure and print."""
    args = arguments(__doc__ or "").parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        audio, words, count = hour(folder)
        brief = ROOT / "briefs" / "ml-systems-fellow.md"
        command = [
            *(sys.executable, "-m", "agent.cli.main", "analyze", str(audio)),
            *("--words", str(words), "--brief", str(brief), "--out", str(folder / "out")),
        ]
        probe = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=-3, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        start = time.monotonic()
        peak_kb = int(subprocess.check_output([sys.executable, "-c", probe, *command], cwd=ROOT))
        took_s = time.monotonic() - start
        (report,) = (folder / "out").glob("*/report.html")
        size_mb = report.stat().st_size / 1e6
    figures = (
        (f"60 minutes, {count} words: analysis and report", f"{took_s:.1f} s", "10 s"),
        ("peak memory", f"{peak_kb / 1024:.0f} MB", "500 MB"),
        ("report.html", f"{size_mb:.2f} MB", "3 MB"),
    )
    rows = [{"figure": name, "value": value, "goal": goal} for name, value, goal in figures]
    show(rows, args.json)


if __name__ == "__main__":
    main()
