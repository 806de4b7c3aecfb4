"""Mail leaves only where a server is configured, and its failure is no failure of the request."""

from __future__ import annotations

import logging
import smtplib
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string, policy

import pytest

from consult.accounts.mail import send_mail
from consult.settings import Settings

LINK = "https://office.lip.example/office/fr/reset/a-canary-token"


class MailServer(socketserver.ThreadingTCPServer):
    """Just enough of SMTP (RFC 5321) to take one message; ``received`` are the lines after DATA."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.received: list[str] = []
        self.recipients: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline().decode().strip():
            command = line.split(maxsplit=1)[0].upper()
            if command == "DATA":
                self.wfile.write(b"354 go on\r\n")
                while (text := self.rfile.readline().decode()) != ".\r\n":
                    self.server.received.append(text)
            if command == "RCPT":
                self.server.recipients.append(line.partition("<")[2].rstrip(">"))
            self.wfile.write(b"221 bye\r\n" if command == "QUIT" else b"250 ok\r\n")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        thread = threading.Thread(target=made.serve_forever, daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def test_nothing_is_sent_without_a_server(settings: Settings) -> None:
    assert not send_mail(settings, "ana@example.org", "Subject", LINK)


def test_message_arrives_as_it_was_written(settings: Settings, server: MailServer) -> None:
    configured = replace(settings, smtp_url=server.url, mail_from="consult@lip.example")

    assert send_mail(configured, "ana@example.org", "Choisir un mot de passe : été", f"Bonjour,\n{LINK}\n")
    message = message_from_string("".join(server.received), policy=policy.default)
    assert (message["To"], message["From"]) == ("ana@example.org", "consult@lip.example")
    assert message["Subject"] == "Choisir un mot de passe : été"
    assert LINK in message.get_content()
    assert server.recipients == ["ana@example.org"]


def test_server_that_is_not_there_fails_softly_and_logs_no_address(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        sent = send_mail(replace(settings, smtp_url="smtp://127.0.0.1:1"), "ana@example.org", "Subject", LINK)

    assert not sent
    assert "mail not sent: ConnectionRefusedError" in caplog.text
    assert "ana@" not in caplog.text
    assert "canary" not in caplog.text


def test_credentials_of_the_server_are_used_as_they_were_meant(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, server: MailServer
) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(smtplib.SMTP, "login", lambda _self, user, password: said.append((user, password)))
    url = server.url.replace("smtp://", "smtp://lip%40host:p%3Aw@")

    assert send_mail(replace(settings, smtp_url=url), "ana@example.org", "Subject", "text")
    assert said == [("lip@host", "p:w")]


def test_address_cannot_smuggle_a_header_in(settings: Settings, server: MailServer) -> None:
    with pytest.raises(ValueError, match="Header values"):
        send_mail(
            replace(settings, smtp_url=server.url),
            "ana@example.org\r\nBcc: eve@example.org",
            "Subject",
            "text",
        )
