"""Mail, where a server is configured: a few sentences and a link, never an answer."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from urllib.parse import parse_qs, unquote, urlsplit

from consult.settings import Settings

_LOG = logging.getLogger(__name__)
_TIMEOUT_SECONDS = 10


def send_mail(settings: Settings, to: str, subject: str, text: str) -> bool:
    """Whether the mail left. False also when no server is configured; then the link is there to copy.

    ``settings.smtp_url``: ``smtp://user:password@host:587?starttls`` or ``smtps://host``. Call it outside
    of any unit of work: a slow mail server must not hold the queue of writers.
    """
    if settings.smtp_url is None:
        return False
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    try:
        with _connection(settings.smtp_url) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # The kind of failure only: addresses and links stay out of the log.
        _LOG.error("mail not sent: %s", type(error).__name__)
        return False
    return True


def _connection(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=_TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=_TIMEOUT_SECONDS)
        if "starttls" in parse_qs(parts.query, keep_blank_values=True):
            server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
