"""A part of a larger form: its conditions name a question that stands elsewhere."""

from __future__ import annotations

PART = "| survey |\n| | type | name | label::English (en) | relevant |\n" + "".join(
    f"| | text | field_{number} | Field {number}? | ${{crop_label}} = {number} |\n" for number in range(1, 8)
)
