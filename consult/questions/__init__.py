"""What a question is: one class per kind owns its whole life (see kind.py)."""
