"""Data collectors interview people in their mother tongue: new interviews, their pages, own entries."""

from consult.collecting import correcting, interview, routes

__all__ = ["correcting", "interview", "routes"]
