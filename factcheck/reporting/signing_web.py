"""Sign-off in the browser: the HTML report with a form at each finding, served to this machine only.

Nobody else's page can use it: every request needs the token of the address that was printed, a ``Host`` header that
names the loopback (so that no other name can be made to lead here) and, to decide, an ``Origin`` that is the page's.
"""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from pydantic import ValidationError

from factcheck.errors import InputError
from factcheck.records import Verdict
from factcheck.reporting import html
from factcheck.reporting.signing import Desk
from factcheck.reporting.trail import Action, fingerprint

_LARGEST_FORM = 64 * 1024


class ReviewServer(ThreadingHTTPServer):
    """Serves one desk on a random port of the loopback; ``address`` is where to open it, token included."""

    daemon_threads = True

    def __init__(self, desk: Desk) -> None:
        """Take a free port."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.desk = desk
        self.token = secrets.token_urlsafe(32)
        self.host = f"127.0.0.1:{self.server_address[1]}"
        self.address = f"http://{self.host}/?token={self.token}"


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "factcheck"
    sys_version = ""

    def do_GET(self) -> None:
        """Show the report."""
        path, _, query = self.path.partition("?")
        if path != "/" or not self._is_known(parse_qs(query)):
            self._refuse(HTTPStatus.FORBIDDEN, "Open the address that `factcheck review --web` printed.")
            return
        try:
            page = html.render(self.server.desk.view(), token=self.server.token)
        except InputError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
            return
        self._answer(HTTPStatus.OK, page, "text/html")

    def do_POST(self) -> None:
        """Take a decision, and lead back to its finding."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST_FORM:
            self._refuse(HTTPStatus.BAD_REQUEST, "The form is too large or has no length.")
            return
        fields = parse_qs(self.rfile.read(int(length)).decode("utf-8", "replace"), keep_blank_values=True)
        if self.headers.get("Origin") != f"http://{self.server.host}" or not self._is_known(fields):
            self._refuse(HTTPStatus.FORBIDDEN, "Open the address that `factcheck review --web` printed.")
            return
        form = {name: values[-1] for name, values in fields.items()}
        try:
            sections = self.server.desk.view().sections
        except InputError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
            return
        section = next((each for each in sections if fingerprint(each.finding) == form.get("finding")), None)
        if section is None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such finding in this report.")
            return
        try:
            self.server.desk.decide(
                section.finding,
                Action(form.get("action", "")),
                verdict=Verdict(form["verdict"]) if form.get("verdict") else None,
                reason=form.get("reason", ""),
                source=form.get("source", ""),
            )
        except ValidationError as error:
            problem = error.errors()[0]["msg"].removeprefix("Value error, ")
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, f"Not saved: {problem}. Go back and fill it in.")
            return
        except ValueError:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, "Not saved: choose what you decide. Go back and choose.")
            return
        except InputError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
            return
        self.send_response(HTTPStatus.SEE_OTHER)
        self.send_header("Location", f"/?token={self.server.token}#claim-{section.number}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the token out of the terminal's log."""

    def _is_known(self, fields: dict[str, list[str]]) -> bool:
        token = fields.get("token", [""])[-1]
        return self.headers.get("Host") == self.server.host and hmac.compare_digest(
            token.encode(), self.server.token.encode()
        )

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._answer(status, why + "\n", "text/plain")

    def _answer(self, status: HTTPStatus, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        self.end_headers()
        self.wfile.write(body)
