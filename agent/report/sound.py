"""The sound of a session: both voices in one clip, small in one file, and what is said in it."""

import io
from pathlib import Path

import numpy as np

from agent.analysis import Analysis
from voice.audio.clip import Clip
from voice.audio.recorder import INTERVIEWER_TRACK, read_track

BIT_RATE = 24_000
"""Bits a second of speech in Opus: 3.6 MB for 20 minutes, 4.8 MB in a page; RFC 6716 and its
listening tests have wideband speech transparent to most from 16 to 20 kbit/s on."""
_OPUS_HZ = 48_000
_PIECE = 960


def both_tracks(folder: Path, analysis: Analysis) -> Clip:
    """Return the candidate and, where there is one, the interviewer in one clip."""
    own, other = folder / Path(analysis.about.audio).name, folder / INTERVIEWER_TRACK
    tracks = [read_track(path) for path in (own, other) if path == own or path.exists()]
    mixed = np.zeros(max(len(track.samples) for track in tracks), np.int32)
    for track in tracks:
        mixed[: len(track.samples)] += track.samples
    return Clip(np.clip(mixed, -32768, 32767).astype(np.int16), tracks[0].rate_hz)


def opus(clip: Clip) -> bytes:
    """Return a clip as Opus in WebM, which browsers play and seek in."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="webm") as container:
        stream = container.add_stream("libopus", rate=_OPUS_HZ, layout="mono")
        stream.bit_rate = BIT_RATE
        stream.options = {"application": "voip", "compression_level": "5"}
        to_stream = av.AudioResampler(format="s16", layout="mono", rate=_OPUS_HZ, frame_size=_PIECE)
        frame = av.AudioFrame.from_ndarray(clip.samples.reshape(1, -1), "s16", "mono")
        frame.sample_rate = clip.rate_hz
        for piece in (*to_stream.resample(frame), *to_stream.resample(None)):
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
    return out.getvalue()


def spoken_between(analysis: Analysis, start_s: float, end_s: float) -> list[tuple[float, str]]:
    """Return what was said in a stretch, each with its start: the interviewer's lines after ">"."""
    from_s = start_s - 0.05
    lines = (line for line in analysis.interviewer if from_s <= line.start_s < end_s)
    said = [(line.start_s, f"> {line.text}") for line in lines]
    for answer in analysis.answers:
        words = [word for word in answer.words if from_s <= word.start_s < end_s]
        if words:
            said.append((words[0].start_s, " ".join(word.text for word in words)))
    return sorted(said)
