"""A session folder from somebody else, a name of any bytes: told in a line, obeyed by nobody."""

import io
import json
import os
import random
import re
import resource
import shutil
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.cli.main import main
from agent.report.results import write_results
from tests.sample_sessions import spoken_session
from tests.scripted import encoded, spoken
from tests.test_safe_keeping import NOTHING, SAID, typed
from voice.audio.clip import Clip, level_dbfs, resample, write_wav
from voice.audio.reading import read_audio
from voice.speech.transcript import Word, to_document

_FILES = ("session.json", "events.jsonl", "analysis.json", "transcript.json")
_VALUES: tuple[Any, ...] = (
    float("inf"), float("-inf"), float("nan"), 1e308, -1e308, 1e12, -1, 10**400, None, [], {}, [[]],
    "", "\0\x1b]0;owned\x07\x1b[2J\u202e", "\ud800", "x" * 300_000, True, "../../etc/passwd",
)  # fmt: skip
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]|\r(?!\n)")
FOLDERS = 25
_HANG_S = 120


def damaged(value: Any, chance: random.Random) -> Any:
    """Return a JSON value with one of its parts, or itself, replaced."""
    if isinstance(value, dict | list) and value and chance.random() < 0.9:
        copy: Any = dict(value) if isinstance(value, dict) else list(value)
        key = chance.choice(list(copy) if isinstance(copy, dict) else range(len(copy)))
        copy[key] = damaged(copy[key], chance)
        return copy
    return chance.choice(_VALUES)


def in_lines(text: str, chance: random.Random) -> str:
    lines = [json.loads(line) for line in text.splitlines()]
    for _ in range(3):
        at = chance.randrange(len(lines))
        lines[at] = damaged(lines[at], chance)
    return "\n".join(map(json.dumps, lines))


def hostile(folder: Path, chance: random.Random) -> None:
    """Do one of many things to a session."""
    path = folder / chance.choice((*_FILES, *_FILES, "candidate.wav"))
    how = chance.randrange(10)
    if how > 3 and path.suffix != ".wav":
        text = path.read_text()
        told = in_lines(text, chance) if path.suffix == ".jsonl" else None
        path.write_text(told or json.dumps(damaged(json.loads(text), chance)))
        return
    path.unlink(missing_ok=True)
    if how == 0:
        os.mkfifo(path)
    elif how == 1:
        path.symlink_to(chance.choice(["/dev/zero", "/dev/tty", "/etc/passwd", "nowhere", "."]))
    elif how == 2:
        path.mkdir()
    else:
        path.write_bytes(chance.randbytes(2000))
        os.truncate(path, chance.choice((0, 2000)) if how == 3 else 20_000_000_000)


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs a command in this process, and returns what it printed."""
    monkeypatch.setenv("REHEARSE_TRACEBACK", "1")
    # KeyboardInterrupt is caught by nothing of ours below the exit code.
    signal.signal(signal.SIGALRM, signal.default_int_handler)

    def run(*arguments: str | Path) -> str:
        monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
        capfd.readouterr()
        signal.alarm(_HANG_S)
        code = main([*map(str, arguments)])
        signal.alarm(0)
        printed = "".join(capfd.readouterr())
        assert code in (0, 1), arguments
        assert not _CONTROL.search(printed), (arguments, printed)
        return printed

    return run


@pytest.mark.slow
@pytest.mark.parametrize("fifth", range(5))
def test_hostile_sessions_are_told_in_a_line(
    tmp_path: Path, told: Callable[..., str], fifth: int
) -> None:
    samples = typed(tmp_path / "sample", SAID), spoken_session(tmp_path / "spoken", *SAID)
    for sample in samples:
        write_results(sample, NOTHING)
    brief = tmp_path / "brief.md"
    brief.write_text("## Questions\n- What of A?\n- What of B?\n")
    for number in range(FOLDERS):
        chance = random.Random(f"{fifth}.{number}")
        parent = tmp_path / str(number)
        sample = chance.choice(samples)
        folder = parent / chance.choice([sample.name, "\x1b[31mred\u202e", os.fsdecode(b"caf\xe9")])
        shutil.copytree(sample, folder)
        hostile(folder, chance)
        for command in ("report", "transcript", "analyze"):
            told(command, folder)
        told("report", folder, "--single")
        told("replay", folder, "--list")
        told("analyze", folder, "--format", chance.choice(["md", "srt", "vtt", "textgrid", "json"]))
        told("sessions", "--check", "--out", parent)
        told("progress", "--out", parent)
        told("plan", brief, "--next", "--out", parent)
        told("run", brief, "--text", "--interviewer", "rules", "--out", parent)
        told("retry", folder, "--answer", "1", "--text", "--interviewer", "rules")
        shutil.rmtree(parent)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.json"
    path.write_text(json.dumps(to_document([(Word("Hello.", 1.0, 1.5),)])))
    return path


@pytest.mark.parametrize(
    "name",
    ["12:30 interview.wav", "http:/127.0.0.1:9/a.wav", os.fsdecode(b"caf\xe9.wav"), "-a.wav"],
)
def test_any_name_is_a_local_file(
    tmp_path: Path,
    told: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    words: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_wav(path, spoken(2.0, 0.5, 2.0))
    printed = told("analyze", "--words", words, "--out", "out", "--", name)
    assert "Report: out" in printed
    (folder,) = Path("out").iterdir()
    assert (folder / "report.html").stat().st_size > 1000


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n{url}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{url}'\n",
        "ffconcat version 1.0\nfile '{local}'\n",
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP 0\n",
        "<?xml version='1.0'?><MPD><BaseURL>{url}</BaseURL></MPD>",
    ],
)
@pytest.mark.parametrize("ending", ["m3u8", "wav", "mp3"])
def test_a_list_of_files_is_no_recording(
    tmp_path: Path, told: Callable[..., str], words: Path, content: str, ending: str
) -> None:
    write_wav(tmp_path / "local.wav", spoken(2.0))
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        port = server.getsockname()[1]
        places = {"url": f"http://127.0.0.1:{port}/a.wav", "local": tmp_path / "local.wav"}
        path = tmp_path / f"list.{ending}"
        path.write_text(content.format(port=port, **places))
        assert "cannot read" in told("analyze", path, "--words", words, "--json")
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_file_of_odd_parts_is_read_and_told(tmp_path: Path) -> None:
    voice = spoken(3.0).samples
    joined = encoded(voice[None], 16_000)
    joined += encoded(resample(Clip(voice), 44_100).samples[None], 44_100)
    holed = bytearray(encoded(voice[None], 16_000))
    holed[len(holed) // 2 : len(holed) // 2 + 3000] = bytes(3000)
    write_wav(tmp_path / "wav", Clip(voice))
    cases = (
        (joined, 6.0, "damaged"),
        ((tmp_path / "wav").read_bytes() * 2, 6.0, "The header says"),
        (bytes(holed), 2.2, "damaged"),
        (encoded(np.stack([voice, -voice]), 16_000, "flac"), 3.0, "turned round"),
        (encoded(np.stack([voice, 0 * voice]), 16_000, "flac"), 3.0, ""),
        (encoded(voice[None], 16_000, "pcm_s16le", before=0 * voice), 3.0, ""),
        (encoded((voice // 100)[None], 16_000, "flac"), 3.0, "very faint"),
    )
    for number, (data, duration_s, note) in enumerate(cases):
        path = tmp_path / f"{number}"
        path.write_bytes(data)
        clip = read_audio(path)
        assert clip.duration_s == pytest.approx(duration_s, abs=0.5), note
        assert (note in " ".join(clip.notes)) if note else not clip.notes
        if "faint" not in note:
            assert level_dbfs(clip.samples) > -35, note


def test_of_two_people_on_two_channels_one_is_chosen(
    tmp_path: Path, told: Callable[..., str], words: Path
) -> None:
    mine, other = spoken(3.0, 4.0, 3.0).samples, spoken(0.0, 3.5, 3.0, 3.5).samples
    path = tmp_path / "call.flac"
    path.write_bytes(encoded(np.stack([mine + other // 4, other + mine // 4]), 16_000, "flac"))
    given = ("analyze", path, "--words", words, "--out", tmp_path / "out")
    assert "--channel left or --channel right" in told(*given)
    assert not (tmp_path / "out").exists()
    assert "Report:" in told(*given, "--channel", "left")
    assert np.array_equal(read_audio(path, "right").samples, other + mine // 4)
    assert read_audio(path, "both").notes == ()
