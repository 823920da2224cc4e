"""A chat model that does what a test says, behind a real HTTP server that speaks OpenAI's protocol."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Request:
    """What the server was asked and when, and how often this question came before."""

    messages: list[dict[str, str]]
    schema: dict[str, Any]
    headers: dict[str, str]
    before: int
    at: float

    @property
    def is_extraction(self) -> bool:
        return "claims" in self.schema["properties"]

    def fenced(self, name: str) -> list[str]:
        """Return the data between tags of this name."""
        question = next(message["content"] for message in self.messages if message["role"] == "user")
        return re.findall(rf"<{name}-[0-9a-f]+>\n(.*?)\n</{name}-", question, re.DOTALL)

    @property
    def sentences(self) -> list[str]:
        return [line.split(". ", 1)[1] for line in self.fenced("sentences")[0].splitlines()]

    @property
    def claim(self) -> str:
        return self.fenced("claim")[0]

    @property
    def passages(self) -> list[str]:
        """Return the texts of the passages, without the line that tells their source."""
        return [text.split("\n", 1)[1] for text in self.fenced("passage")]


@dataclass(frozen=True)
class Reply:
    """What the server does: answers with ``content``, or fails in one of the ways that servers fail."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish_reason: str = "stop"
    refusal: str | None = None
    usage: dict[str, Any] = field(
        default_factory=lambda: {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    )
    delay: float = 0.0
    drip: float = 0.0
    reset: bool = False
    body: bytes | None = None


Script = Callable[[Request], Reply]


class ScriptedServer:
    """Counts the calls it gets, and answers them by its script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._seen: Counter[str] = Counter()
        self._lock = threading.Lock()

    @property
    def calls(self) -> int:
        return len(self.requests)

    def handle(self, body: dict[str, Any], headers: dict[str, str]) -> Reply:
        with self._lock:
            key = re.sub(r"-[0-9a-f]{12}\b", "", json.dumps(body["messages"][:2]))
            schema = body["response_format"]["json_schema"]["schema"]
            request = Request(body["messages"], schema, headers, self._seen[key], time.monotonic())
            self._seen[key] += 1
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        reply = self.script(request)
        time.sleep(reply.delay)
        with self._lock:
            self._at_once -= 1
        return reply


@contextmanager
def serving(script: Script) -> Iterator[tuple[ScriptedServer, str]]:
    """Serve ``script`` on a free port of this machine; yield the server and its base URL."""
    server = ScriptedServer(script)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = server.handle(body, {name.lower(): value for name, value in self.headers.items()})
            if reply.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                return
            data = reply.body if reply.body is not None else json.dumps(_completion(reply)).encode()
            self.send_response(reply.status)
            for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            for piece in (data[at : at + 1] for at in range(len(data))) if reply.drip else (data,):
                self.wfile.write(piece)
                time.sleep(reply.drip)

        def log_message(self, *args: object) -> None:
            pass

        def finish(self) -> None:
            if self.connection.fileno() >= 0:
                super().finish()

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *args: object) -> None:  # a client that hung up is part of the tests
            pass

    http = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server, f"http://127.0.0.1:{http.server_address[1]}/v1"
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def _completion(reply: Reply) -> dict[str, Any]:
    if reply.status >= 400:
        return {"error": {"message": "scripted failure for key sk-secret", "type": "error", "code": None}}
    content = reply.content if isinstance(reply.content, str) else json.dumps(reply.content)
    message = {"role": "assistant", "content": None if reply.refusal else content, "refusal": reply.refusal}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": reply.finish_reason, "logprobs": None}],
        "usage": reply.usage,
    }


def honest(request: Request) -> Reply:
    """Answer as a careful model would, for articles whose every sentence is a claim.

    A passage supports a claim that it holds word for word, contradicts one that it holds but for the figures, and
    is otherwise neutral.
    """
    return extracted(request) if request.is_extraction else Reply({"judgements": judged(request), "rationale": ""})


def extracted(request: Request) -> Reply:
    """Find a claim in each sentence."""
    claims = [
        {
            "sentence": number, "quote": text, "text": text, "said": "no", "speaker": "", "cue": "",
            "check_worthiness": 7,
        }
        for number, text in enumerate(request.sentences, start=1)
    ]  # fmt: skip
    return Reply({"claims": claims, "skipped": []})


def judged(request: Request) -> list[dict[str, Any]]:
    """Judge each passage by its words."""
    judgements = []
    for number, passage in enumerate(request.passages, start=1):
        stance = "neutral"
        if request.claim in passage:
            stance = "supports"
        elif _but_for_figures(request.claim) in _but_for_figures(passage):
            stance = "contradicts"
        wanted = _but_for_figures(request.claim).rstrip(".")
        quote = next((part for part in passage.split(". ") if wanted in _but_for_figures(part)), "")
        judgements.append({"passage": number, "bears_on": "content", "quote": quote, "stance": stance})
    return judgements


def _but_for_figures(text: str) -> str:
    return re.sub(r"\d+ tonnes", "N tonnes", text)
