"""Read any recording: local bytes alone, read on where a part is damaged, told what is odd."""

import io
import struct
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from voice import files
from voice.audio.clip import SAMPLE_RATE_HZ, Clip, level_dbfs, usual_dbfs
from voice.errors import AudioFileError, TwoVoicesError

Channel = Literal["", "left", "right", "both"]
"""Which of two channels to read; "": both, unless each has a voice of its own."""
_FORMATS = (
    "wav,w64,aiff,au,caf,flac,mp3,aac,ac3,amr,ogg,matroska,webm,mov,mp4,m4a,3gp,asf,wv,tta,ape"
)
"""Containers of sound alone: no playlist, no list of files, nothing that names another file."""
_MOST_BYTES = 4_000_000_000
_MOST_SAMPLES = 12 * 3600 * SAMPLE_RATE_HZ
"""No interview lasts longer; a file of few bytes can say that it does."""
_SILENT_DBFS = -70.0
_FAINT_DBFS = -50.0
"""Speech below it is heard badly: usual levels are -40 to -15."""
_OPPOSITE = 0.4
"""So little of two channels is left in their sum where one is the other turned round."""
_APART_DB = 6.0
_APART_SHARE = 0.08
"""Two channels are two people's where each is so much the louder in this share of the seconds;
ours, on real voices: 0.10 to 0.27 for two people, up to 0.07 for one at two microphones."""
_Stereo = npt.NDArray[np.int16]
"""Samples at SAMPLE_RATE_HZ, shape (channels, n)."""


def read_audio(path: Path, channel: Channel = "") -> Clip:
    """Read a file as a mono clip at SAMPLE_RATE_HZ, odd things noted, or raise AudioFileError."""
    if not path.exists():
        raise AudioFileError(f"no such recording: {path}; check the path")
    if not path.is_file():
        raise AudioFileError(f"{path} is no file; give a WAV, FLAC, MP3 or M4A file")
    if not path.stat().st_size:
        raise AudioFileError(f"{path} is empty (0 bytes); record it again or choose another file")
    import av.error

    try:
        data = files.read(path.resolve(), _MOST_BYTES)
        lies = _header_lies(data)
        channels, damaged = _best_track(data, lies)
    except (av.error.FFmpegError, IndexError, ValueError, OSError) as error:
        reason = getattr(error, "strerror", "") or str(error) or type(error).__name__
        raise AudioFileError(
            f"cannot read {path} as audio ({reason}); give a WAV, FLAC, MP3 or M4A file"
        ) from error
    if not channels.size:
        raise AudioFileError(f"{path} holds no sound; record it again or choose another file")
    if not channel and _two_voices(channels):
        raise TwoVoicesError(
            f"{path} has another voice on each of its two channels; say which is yours: --channel"
            " left or --channel right (or both)"
        )
    clip = _mono(channels, channel)
    notes = [f"{lies}: all of the file is used."] if lies else []
    if damaged:
        notes += [f"What is damaged in {path.name} was left out (places: {damaged})."]
    level = usual_dbfs(clip.samples, 95)
    if _SILENT_DBFS < level < _FAINT_DBFS:
        notes += [f"The sound is very faint ({level:.0f} dBFS): words may be missing."]
    return Clip(clip.samples, clip.rate_hz, (*notes, *clip.notes))


def _header_lies(data: bytes) -> str:
    """Return what a WAV file's header says wrongly of its length, "" where it is right."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return ""
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"data":
            rest = len(data) - at - 8
            after = data[at + 8 + size : at + 12 + size]
            chunk = size < rest and after[:4].isalnum() and after[:4] != b"RIFF"
            whole = size == rest or chunk or rest - size == 1
            return "" if whole else f"The header says {size} bytes of sound and {rest} are there"
        at += 8 + size + size % 2
    return ""


def _best_track(data: bytes, lies: str) -> tuple[_Stereo, int]:
    first = None
    with _opened(data) as container:
        tracks = len(container.streams.audio)
    for track in range(tracks):
        decoded = _decoded(data, track, lies)
        if decoded[0].size and level_dbfs(decoded[0].reshape(-1)) > _SILENT_DBFS:
            return decoded
        first = first or decoded
    return first or (np.zeros((1, 0), np.int16), 0)


def _opened(data: bytes, lies: str = "") -> Any:
    import av

    safe = {"format_whitelist": _FORMATS, "protocol_whitelist": "none"}
    if lies:
        safe["ignore_length"] = "1"
    return av.open(io.BytesIO(data), container_options=safe, metadata_errors="ignore")


def _decoded(data: bytes, track: int, lies: str) -> tuple[_Stereo, int]:
    parts: list[_Stereo] = []
    damaged, total = [0], 0
    with _opened(data, lies) as container:
        for part in _resampled(_frames(container, track, damaged)):
            parts.append(part)
            total += part.shape[1]
            if total > _MOST_SAMPLES:
                raise ValueError("it is longer than 12 hours")
    width = max((len(part) for part in parts), default=1)
    same = [part if len(part) == width else np.repeat(part[:1], width, 0) for part in parts]
    return np.concatenate([np.zeros((width, 0), np.int16), *same], 1), damaged[0]


def _resampled(frames: Iterable[Any]) -> Iterator[_Stereo]:
    """Yield frames at SAMPLE_RATE_HZ; where their form changes a resampler begins afresh."""
    import av

    for (_, _, wide), alike in groupby(frames, _form):
        layout = "stereo" if wide else "mono"
        resampler: Any = av.AudioResampler(format="s16p", layout=layout, rate=SAMPLE_RATE_HZ)
        for frame in chain(alike, [None]):
            if frame is not None:
                frame.pts = None
            yield from (out.to_ndarray() for out in resampler.resample(frame))


def _form(frame: Any) -> tuple[str, int, bool]:
    return frame.format.name, frame.sample_rate, frame.layout.nb_channels == 2


def _frames(container: Any, track: int, damaged: list[int]) -> Iterator[Any]:
    """Yield what can be decoded, and count what cannot."""
    import av.error

    packets = container.demux(container.streams.audio[track])
    while damaged[0] <= 100_000:
        try:
            yield from next(packets).decode()
        except StopIteration:
            return
        except av.error.InvalidDataError:
            damaged[0] += 1


def _mono(channels: _Stereo, channel: Channel) -> Clip:
    if len(channels) < 2:
        only = (f"The file has one channel: --channel {channel} changes nothing.",)
        return Clip(channels[0], notes=only if channel else ())
    if channel in ("left", "right"):
        return Clip(channels[0 if channel == "left" else 1])
    levels = [usual_dbfs(one, 95) for one in channels]
    for quiet, other in ((0, 1), (1, 0)):
        if levels[quiet] < _SILENT_DBFS <= levels[other]:
            return Clip(channels[other])
    left, right = (one.astype(np.float32) for one in channels)
    if np.linalg.norm(left + right) < _OPPOSITE * np.linalg.norm(left - right):
        note = "One channel is the other turned round: only the left one is used."
        return Clip(channels[0], notes=(note,))
    return Clip(((left + right) / 2).astype(np.int16))


def _two_voices(channels: _Stereo) -> bool:
    """Return whether now one of two channels is clearly the louder and now the other."""
    starts = range(0, channels.shape[1], SAMPLE_RATE_HZ)
    if len(channels) < 2 or not starts:
        return False
    levels = np.array(
        [[level_dbfs(one[at:][:SAMPLE_RATE_HZ]) for at in starts] for one in channels]
    )
    heard = levels[:, levels.max(0) > max(_FAINT_DBFS, levels.max() - 30)]
    apart = heard[0] - heard[1]
    fewer = min(np.count_nonzero(apart > _APART_DB), np.count_nonzero(apart < -_APART_DB))
    return bool(fewer > _APART_SHARE * apart.size)
