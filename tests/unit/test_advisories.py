"""What is known of our dependencies' holes is asked in one question, and what nobody answers is said as such."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.advisories import main, pinned

LOCK = "aiohttp==3.12.1 \\\n    --hash=sha256:00\npsycopg[binary]==3.2.9 ; python_version >= '3.11' \\\nAioHTTP==3.12.1\n# x==1\n"


@contextmanager
def server(answer: Any) -> Iterator[tuple[str, list[Any]]]:
    """Somebody who knows; what they were asked."""
    asked: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            asked.extend(queries)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer(queries)).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Tests say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/v1/querybatch", asked
        running.shutdown()
        thread.join()


def test_each_package_of_a_lock_file_is_found_once() -> None:
    assert pinned([LOCK]) == [("aiohttp", "3.12.1"), ("psycopg", "3.2.9")]


def test_a_known_hole_fails_the_check(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(queries: list[Any]) -> Any:
        bad = [{"vulns": [{"id": "PYSEC-1"}]} if one["package"]["name"] == "aiohttp" else {} for one in queries]
        return {"results": bad}

    with server(answer) as (url, asked):
        assert main(url) == 1
    assert len(asked) > 20
    said = capsys.readouterr().out
    assert "aiohttp" in said
    assert "PYSEC-1" in said


def test_no_hole_passes(capsys: pytest.CaptureFixture[str]) -> None:
    with server(lambda queries: {"results": [{} for _ in queries]}) as (url, _):
        assert main(url) == 0
    assert "0 with a known hole" in capsys.readouterr().out


@pytest.mark.parametrize("answer", [{}, {"results": []}, [], None])
def test_what_nobody_answers_is_said_and_fails_nothing(answer: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with server(lambda queries: answer) as (url, _):
        assert main(url) == 0
    assert main("http://127.0.0.1:1/") == 0
    assert main("file:///etc/passwd") == 0
    assert capsys.readouterr().out.count("NOT CHECKED") == 3
