"""The page's server: who is let in, what is refused, what a brief or a session may do."""

import base64
import http.client
import json
import shutil
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from agent.session import META, read_meta, write_private
from agent.session.in_use import MicrophoneLock
from agent.session.settings import Retry, Settings
from agent.web import server
from agent.web.app import Place
from tests.conftest import environment
from tests.test_transcript_cli import session  # noqa: F401 - a fixture
from tests.web_server import Page, open_page

pytestmark = pytest.mark.slow
EVIL = "<script>alert(1)</script>"
BRIEF = f"""# Interview brief

- company: Acme {EVIL}

## Likely questions

- Why {EVIL}?

## Talking points

- **Speed {EVIL}**: 40 % faster
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    home = tmp_path_factory.mktemp("page")
    with open_page(environment(home), "--out", str(home / "out")) as page:
        page.enter()
        yield page


def tab_of(page: Page, host: str = "", origin: str = "", cookie: str = "") -> ClientConnection:
    """Open the WebSocket as a page would, but for what is given."""
    return connect(
        f"ws://{host or page.host}/live",
        sock=socket.create_connection(("127.0.0.1", page.port)),
        origin=Origin(origin or f"http://{host or page.host}"),
        additional_headers={"Cookie": cookie or page.cookie},
    )


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        pytest.param("/", None, {"Host": "rebound.example"}, id="another host"),
        pytest.param("/", None, {"Host": "127.0.0.1"}, id="another port"),
        pytest.param("/", None, {"Cookie": ""}, id="no cookie"),
        pytest.param("/", None, {"Cookie": "rehearse=1"}, id="a made-up cookie"),
        pytest.param("/static/app.css", None, {"Cookie": ""}, id="a file without a cookie"),
        pytest.param("/", None, {"Origin": "http://evil.example"}, id="read by another page"),
        pytest.param("/api/save", {}, {"Origin": "http://evil.example"}, id="sent by another page"),
        pytest.param("/api/save", {}, {"Origin": "null"}, id="sent by a sandboxed page"),
        pytest.param("/api/save", {}, {"Origin": ""}, id="sent without an origin"),
    ],
)
def test_only_its_own_page_is_answered(
    page: Page, path: str, body: object, headers: dict[str, str]
) -> None:
    status, text, _ = page.ask(path, body, **headers)
    assert status == 403
    assert "rehearse open" in text


def test_the_ticket_is_good_once(page: Page) -> None:
    status, _, headers = page.ask(page.address.partition(page.host)[2], Cookie="")
    assert status == 403
    assert "set-cookie" not in headers


def test_the_cookie_is_for_this_page_and_no_script(tmp_path: Path) -> None:
    with open_page(environment(tmp_path)) as page:
        _, _, headers = page.ask(page.address.partition(page.host)[2])
        assert {"HttpOnly", "SameSite=strict"} <= set(headers["set-cookie"].split("; "))
        assert headers["location"] == "/"


@pytest.mark.parametrize("path", ["/", "/session/none/", "/static/app.css", "/api/models"])
def test_every_answer_forbids_all_that_is_foreign(page: Page, path: str) -> None:
    _, _, headers = page.ask(path)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "wrong", [{"origin": "http://evil.example"}, {"cookie": "a=b"}, {"host": "rebound.example"}]
)
def test_the_socket_is_for_its_own_page(page: Page, wrong: dict[str, str]) -> None:
    with pytest.raises(InvalidStatus) as refused, tab_of(page, **wrong):
        pass
    assert refused.value.response.status_code == 403


def test_two_interviews_never_share_the_microphone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What runs in a terminal, or in another page, is told where Start was pressed."""
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with open_page(environment(tmp_path)) as page, MicrophoneLock() as terminal:
        page.enter()
        assert terminal.take("recordings/first") == ""
        with tab_of(page) as tab:
            tab.recv()
            tab.send('{"do": "start", "brief": "sample-ward-nurse"}')
            told = json.loads(tab.recv())
            assert told["is"] == "trouble"
            assert "the interview in recordings/first" in told["text"]


@pytest.mark.parametrize(
    "message",
    [
        '{"do": "start", "brief": "../../etc/passwd"}',
        '{"do": "rm"}',
        "[",
        '{"do":"sound","rate_hz":0}',
    ],
)
def test_nonsense_on_the_socket_is_answered_in_a_sentence(page: Page, message: str) -> None:
    with tab_of(page) as tab:
        tab.recv()
        tab.send(b"x" * 30)
        tab.send(message)
        told = json.loads(tab.recv())
        assert told["is"] == "trouble"
        assert told["text"]


def test_an_upload_of_100_mb_is_refused_before_it_is_read(page: Page) -> None:
    status, text, _ = page.ask("/api/save", data=b"x", Content_Length=str(100_000_000))
    assert status == 413
    assert "too large" in json.loads(text)["error"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_what_any_form_could_send_is_refused(page: Page, kind: str) -> None:
    status, _, _ = page.ask("/api/save", {"text": BRIEF}, Content_Type=kind)
    assert status == 400


def test_a_brief_is_kept_shown_and_never_executed(page: Page, tmp_path: Path) -> None:
    status, text, _ = page.ask("/api/save", {"text": BRIEF, "name": "../../../etc/cron.d/x.md"})
    assert status == 200, text
    url = json.loads(text)["url"]
    for path in (url, "/"):
        status, html, _ = page.ask(path)
        assert status == 200
        assert EVIL not in html
        assert "&lt;script&gt;" in html
    status, text, _ = page.ask("/api/save", {"text": BRIEF + "- More: 7 days\n", "over": url[10:]})
    assert json.loads(text)["url"] == url


def test_a_brief_is_its_owners_alone(tmp_path: Path) -> None:
    with open_page(environment(tmp_path)) as page:
        page.enter()
        page.ask("/api/save", {"text": BRIEF})
    (kept,) = (tmp_path / "home" / "briefs").iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == BRIEF


@pytest.mark.parametrize("text", ["", "Dear diary,", '{"questions": [', "x" * 1_100_000])
def test_what_is_no_brief_is_told_in_a_sentence(page: Page, text: str) -> None:
    status, answer, _ = page.ask("/api/save", {"text": text})
    assert status == 400
    assert json.loads(answer)["error"]


def test_a_brief_is_made_of_a_posting_and_a_resume(page: Page) -> None:
    folder = Path(__file__).parent / "postings"
    posting, resume = (sorted(folder.glob(f"*{kind}*"))[0] for kind in ("posting", "resume"))
    files = {
        name: base64.b64encode(path.read_bytes()).decode()
        for name, path in (("posting", posting), ("resume", resume))
    }
    status, text, _ = page.ask("/api/write", files)
    assert status == 200, text
    assert "## Likely questions" in json.loads(text)["text"]


@pytest.mark.parametrize(
    "path",
    ["/session/..%2f..%2fetc/", "/session/none/", "/session/none/passwd", "/static/..%2fapp.py",
     "/static/../app.py", "/rehearse/own-..%2f..%2fx", "/again/none/1"],
)  # fmt: skip
def test_no_path_is_taken_from_an_address(page: Page, path: str) -> None:
    status, _, _ = page.ask(path)
    assert status in (400, 404)


def test_a_session_is_shown_corrected_finished_and_deleted(session: Path, tmp_path: Path) -> None:  # noqa: F811
    name = quote(session.name)
    with open_page(environment(tmp_path), "--out", str(session.parent)) as page:
        page.enter()
        assert name in page.ask("/")[1]
        assert page.ask("/session/")[0] == 200
        status, html, _ = page.ask(f"/session/{name}/")
        assert status == 200
        assert "/static/report.js" in html
        words = f"/api/words/{name}"
        before = json.loads(page.ask(f"{words}?answer=1")[1])["text"]
        other = json.loads(page.ask(f"{words}?answer=2")[1])["text"]
        # A line that looks like the header of another answer is nothing but words.
        said = f"{before}\n[2 0:00-0:01]\nand more"
        changed = page.ask(words, {"answer": "1", "text": said})[1]
        assert json.loads(changed) == {"changed": True}
        after = json.loads(page.ask(f"{words}?answer=1")[1])["text"]
        assert after == f"{before} [2 0:00-0:01] and more"
        assert json.loads(page.ask(f"{words}?answer=2")[1])["text"] == other
        (session / "analysis.json").unlink()
        assert 'class="quiet finish"' in page.ask("/")[1]
        assert page.ask(f"/api/finish/{name}", {"text": ""})[0] == 200
        assert (session / "analysis.json").is_file()
        assert 'class="quiet finish"' not in page.ask("/")[1]
        assert page.ask(f"/api/delete/{name}", {"text": ""})[0] == 200
        assert not session.exists()
        assert page.ask(f"/session/{name}/")[0] == 400


def test_an_answer_and_its_retry_stand_side_by_side(session: Path, tmp_path: Path) -> None:  # noqa: F811
    retry = tmp_path / "a retry"
    shutil.copytree(session, retry)
    meta = read_meta(retry)
    settings = Settings(retry=Retry(of=session.name, answer="1"))
    made = meta.model_copy(update={"settings": settings})
    write_private(retry / META, made.model_dump_json())
    with open_page(environment(tmp_path), "--out", str(tmp_path)) as page:
        page.enter()
        status, html, _ = page.ask(f"/session/{quote(retry.name)}/both")
        assert status == 200
        first, second = (f"/session/{quote(one.name)}/" for one in (session, retry))
        assert first in html
        assert second in html
        assert html.count("I moved the platform") == 2
        assert "Length:" in html
        assert page.ask(f"/again/{quote(session.name)}/1")[0] == 200
        assert page.ask(f"/again/{quote(session.name)}/7")[0] == 400
        # A player asks for parts of the sound.
        part = page.ask(f"/session/{quote(session.name)}/candidate.wav", Range="bytes=0-3")
        assert part[:2] == (206, "RIFF")


def test_it_ends_when_its_last_page_was_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "ENDS_AFTER_S", 1.0)
    told: SimpleQueue[str] = SimpleQueue()
    args = (Place(tmp_path), 0, False, told.put)
    serving = threading.Thread(target=server.serve, args=args, daemon=True)
    serving.start()
    page = Page(told.get(timeout=30))
    page.enter()
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=30)
    connection.request("GET", "/alive", headers={"Host": page.host, "Cookie": page.cookie})
    assert connection.getresponse().readline()
    serving.join(3)
    assert serving.is_alive()
    connection.close()
    serving.join(30)
    assert not serving.is_alive()


def test_a_port_that_is_taken_is_one_line(page: Page, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is taken; leave --port out"):  # noqa: SIM117
        with open_page(environment(tmp_path), "--port", str(page.port)):
            pass
