"""Staff build, translate, publish and watch. Beside routes.py (a survey’s life), each module is a subject."""

from consult.authoring import advising, editing, files, flow, previewing, routes, speaking, versioning

__all__ = ["advising", "editing", "files", "flow", "previewing", "routes", "speaking", "versioning"]
