"""`rehearse open` as a process of its own, and a browser's requests to it."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Page:
    """A running server."""

    address: str
    """The first address, with its ticket."""
    cookie: str = ""

    @property
    def port(self) -> int:
        return int(re.findall(r":(\d+)/", self.address)[0])

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def ask(
        self, path: str, body: object = None, *, data: bytes | None = None, **headers: str
    ) -> tuple[int, str, dict[str, str]]:
        """Return status, text and headers; a header given as "" is left out."""
        data = data if body is None else json.dumps(body).encode()
        sent = {"Host": self.host, "Cookie": self.cookie}
        if data is not None:
            sent |= {"Origin": f"http://{self.host}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest("GET" if data is None else "POST", path, skip_host=True)
            sent.setdefault("Content-Length", str(len(data or b"")))
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            connection.endheaders(data)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), dict(answer.getheaders())
        finally:
            connection.close()

    def enter(self) -> None:
        """Use the ticket, as the browser does."""
        status, _, headers = self.ask(self.address.partition(self.host)[2])
        assert status == 303
        self.cookie = headers["set-cookie"].partition(";")[0]


@contextmanager
def open_page(environment: dict[str, str], *arguments: str) -> Iterator[Page]:
    """Run `rehearse open` and give its first address."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "error", "-m", "agent.cli.main", "open", "--no-browser"),
            *arguments,
        ],
        env=environment,
        cwd=Path(environment["REHEARSE_HOME"]).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + (process.stderr.read() if process.stderr else "")
        yield Page(found[0])
    finally:
        process.terminate()
        _, err = process.communicate(timeout=30)
        assert "Traceback" not in err, err
