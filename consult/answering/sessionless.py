"""No session: nobody signs in here, and the only cookie is that of a visit."""

from __future__ import annotations

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin


class Sessionless(SessionInterface):
    """What tries to keep something in a session fails at once."""

    _NOTHING = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002 - prescribed
        return self._NOTHING

    def is_null_session(self, obj: object) -> bool:  # noqa: ARG002 - prescribed
        return True

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """There is nothing to save."""
