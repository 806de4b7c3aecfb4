"""Staff build, translate, publish and watch. Pages in routes.py (a survey's life) and editing.py."""

from consult.authoring import editing, files, flow, routes

__all__ = ["editing", "files", "flow", "routes"]
