"""Render the demo candidate from script.yaml with flite: FLAC files and candidate.json.

    python recordings/demo/make.py [--out DIR] [FILE.flac ...]

Needs Debian's flite (apt install flite) and the installed project. The same flite gives the same
samples: the noise is seeded and made of whole numbers, nothing depends on the clock.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import wave
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import yaml

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))  # in a checkout that is not installed

from agent.interview.demo import (  # noqa: E402
    MANIFEST_NAME,
    DemoClip,
    Manifest,
    PlantedFiller,
    PlantedPause,
)
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, Samples, join, level_dbfs, silence  # noqa: E402

LEAD_S, TAIL_S = 0.1, 0.2
"""Room before and after the voice."""
NOISE_DBFS = -65.0
"""The noise of the room: a quiet office through a headset."""
EDGE_DBFS = -50.0
"""Voice is where a block of 10 ms is louder; what flite adds around it is cut away."""
BLOCK_SAMPLES = SAMPLE_RATE_HZ // 100
FADE_SAMPLES = 48
"""3 ms, so that a cut does not click."""
DRAWN_OUT = 1.6
"""A filler that stands alone lasts that much longer than flite would make it: 0.3 to 0.4 s."""
FILLER_WORDS = ("you know", "like")
"""Fillers that count as words of the rate; the others are filled pauses."""

_MARK = re.compile(r"\[(\d+\.\d+)(!?)\]")
_FILLER_ALONE = re.compile(r"\{[^}]+\},?")
_FILLER = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, eq=False)
class Chunk:
    """Speech between two planted silences."""

    clip: Clip
    """The voice alone, nothing around it."""
    fillers: tuple[PlantedFiller, ...]
    """Times in seconds from the start of the clip."""


def main() -> int:
    """Render the files named on the command line, or all of them and the manifest."""
    parser = argparse.ArgumentParser(description="Render the demo candidate with flite.")
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    parser.add_argument("files", nargs="*", help="only these; the manifest is then not written")
    chosen = parser.parse_args()
    if shutil.which("flite") is None:
        sys.stderr.write("flite is not installed; install it with: apt install flite\n")
        return 1
    script = yaml.safe_load((HERE / "script.yaml").read_text(encoding="utf-8"))
    chosen.out.mkdir(parents=True, exist_ok=True)
    clips = {}
    for name, entry in script["clips"].items():
        if chosen.files and name not in chosen.files:
            continue
        clip, clips[name] = render(name, entry, script)
        write_flac(chosen.out / name, clip)
        rate_wpm = clips[name].speech_rate_wpm
        sys.stdout.write(f"{name:30} {clip.duration_s:6.2f} s {rate_wpm:6.1f} wpm\n")
    if not chosen.files:
        write_manifest(chosen.out / MANIFEST_NAME, script, clips)
    return 0


def render(name: str, entry: dict[str, Any], script: dict[str, Any]) -> tuple[Clip, DemoClip]:
    """Return the sound of one file of the script, and the truth about it."""
    parts = [silence(LEAD_S)]
    pauses: list[PlantedPause] = []
    fillers: list[PlantedFiller] = []
    pieces = _MARK.split(entry["text"])
    for piece, pause_s, broken_off in zip(
        pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True
    ):
        slower = DRAWN_OUT if _FILLER_ALONE.fullmatch(piece.strip()) else 1.0
        chunk = speak(piece.strip(), script["voice"], entry["stretch"] * slower)
        at_s = sum(part.duration_s for part in parts)
        fillers += [_later(filler, at_s) for filler in chunk.fillers]
        parts.append(chunk.clip)
        if pause_s:
            start_s = at_s + chunk.clip.duration_s
            end_s = start_s + float(pause_s)
            pauses.append(
                PlantedPause(
                    start_s=round(start_s, 3), end_s=round(end_s, 3), inside_clause=bool(broken_off)
                )
            )
            parts.append(silence(float(pause_s)))
    end_s = sum(part.duration_s for part in parts)
    clip = in_a_room(join([*parts, silence(TAIL_S)]), seed=zlib.crc32(name.encode()))
    text = " ".join(_FILLER.sub(r"\1", _MARK.sub("", entry["text"])).split())
    filled = sum(filler.kind == "filled_pause" for filler in fillers)
    words = len(text.split()) - filled
    return clip, DemoClip(
        kind=entry["kind"],
        planted=entry.get("planted", ""),
        text=text,
        duration_s=round(clip.duration_s, 3),
        start_s=LEAD_S,
        end_s=round(end_s, 3),
        words=words,
        speech_rate_wpm=round(60 * words / (end_s - LEAD_S), 1),
        pauses=tuple(pauses),
        fillers=tuple(fillers),
        points=tuple(p for p in script["points"] if p["name"] in entry.get("points", ())),
        probes=entry.get("probes", ()),
    )


def speak(text: str, voice: str, stretch: float) -> Chunk:
    """Return what flite says, cut to the voice, with the times of the fillers in it."""
    samples, groups = _flite(_FILLER.sub(r"\1", text), voice, stretch)
    blocks = samples[: len(samples) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    loud = [index for index, block in enumerate(blocks) if level_dbfs(block) > EDGE_DBFS]
    start, end = loud[0] * BLOCK_SAMPLES, (loud[-1] + 1) * BLOCK_SAMPLES
    voiced = samples[start:end].astype(np.float64)
    ramp = np.linspace(0.0, 1.0, FADE_SAMPLES)
    voiced[:FADE_SAMPLES] *= ramp
    voiced[-FADE_SAMPLES:] *= ramp[::-1]
    clip = Clip(np.rint(voiced).astype(np.int16))
    fillers = [_within(clip, f, start / SAMPLE_RATE_HZ) for f in _filler_times(text, groups)]
    return Chunk(clip, tuple(fillers))


def _flite(text: str, voice: str, stretch: float) -> tuple[Samples, list[tuple[float, float]]]:
    """Return flite's samples and the start and end of each stretch of phones between pauses."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        options = ["-voice", voice, "--setf", f"duration_stretch={stretch}", "-psdur"]
        result = subprocess.run(  # noqa: S603 (texts of ours, no shell)
            ["flite", *options, "-t", text, "-o", str(path)],  # noqa: S607 (wherever it is)
            check=True,
            capture_output=True,
            text=True,
        )
        with wave.open(str(path), "rb") as track:
            samples = np.frombuffer(track.readframes(track.getnframes()), "<i2")
    groups: list[tuple[float, float]] = []
    last_s, open_s = 0.0, None
    for phone, end in re.findall(r"(\S+):([\d.]+)", result.stdout):
        if phone != "pau":
            open_s = last_s if open_s is None else open_s
        elif open_s is not None:
            groups.append((open_s, last_s))
            open_s = None
        last_s = float(end)
    return samples.astype(np.int16), groups


def _filler_times(text: str, groups: list[tuple[float, float]]) -> list[PlantedFiller]:
    """Match the fillers of a text, each set off by commas, with flite's stretches of phones."""
    if not _FILLER.search(text):
        return []
    pieces = [piece.strip() for piece in re.split(r"[,.?!]", text) if piece.strip()]
    if len(pieces) != len(groups):
        raise SystemExit(f"flite does not pause at every comma of {text!r}; reword it")
    return [
        PlantedFiller(
            text=said.lower(),
            kind="filler_word" if said.lower() in FILLER_WORDS else "filled_pause",
            start_s=start_s,
            end_s=end_s,
        )
        for piece, (start_s, end_s) in zip(pieces, groups, strict=True)
        for said in _FILLER.findall(piece)
    ]


def _within(clip: Clip, filler: PlantedFiller, cut_s: float) -> PlantedFiller:
    """Return the filler on the clip's clock: flite's first phone begins before its sound does."""
    start_s = round(max(0.0, filler.start_s - cut_s), 3)
    end_s = round(min(clip.duration_s, filler.end_s - cut_s), 3)
    return filler.model_copy(update={"start_s": start_s, "end_s": end_s})


def _later(filler: PlantedFiller, by_s: float) -> PlantedFiller:
    times = {"start_s": round(filler.start_s + by_s, 3), "end_s": round(filler.end_s + by_s, 3)}
    return filler.model_copy(update=times)


def in_a_room(clip: Clip, seed: int) -> Clip:
    """Return the clip with a faint, slightly dull noise, so that no silence is digital zero."""
    # RandomState: the one generator whose numbers NumPy promises never to change (NEP 19).
    raw = np.random.RandomState(seed).randint(-1000, 1001, len(clip.samples) + 2)
    noise = raw[:-2] + 2 * raw[1:-1] + raw[2:]
    # Three uniform values weighted 1, 2, 1: the variances add up to 6 times 1000² / 3.
    rms = 1000 * 2**0.5
    noise = np.rint(noise * (32768 * 10 ** (NOISE_DBFS / 20) / rms)).astype(np.int64)
    return Clip(np.clip(clip.samples + noise, -32768, 32767).astype(np.int16))


def write_flac(path: Path, clip: Clip) -> None:
    """Write a 16-bit mono FLAC file."""
    with av.open(str(path), "w", format="flac") as container:
        stream = container.add_stream("flac", rate=clip.rate_hz, options={"compression_level": "8"})
        stream.layout, stream.format = "mono", "s16"
        for start in range(0, len(clip.samples), 4096):
            block = np.ascontiguousarray(clip.samples[None, start : start + 4096])
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = clip.rate_hz, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def write_manifest(path: Path, script: dict[str, Any], clips: dict[str, DemoClip]) -> None:
    """Write candidate.json."""
    said = subprocess.run(["flite", "--version"], capture_output=True, text=True, check=False)  # noqa: S607
    version = re.search(r"flite-\S+", said.stdout)
    manifest = Manifest(
        format=1,
        made_with=f"{version.group() if version else 'flite'}, voice {script['voice']}",
        brief=script["brief"],
        questions=script["questions"],
        generic=script["generic"],
        clips=clips,
        points=script["points"],
    )
    path.write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
