"""Files beside a form that hold data: CSV, GeoJSON and XML, read into tables. Pure.

    table = read_table("cities.csv", content)       raises UnreadableData
    found = attached(questionnaire, {"cities.csv": table})

A published version names its files by hash only; what is in them is attached when the version is loaded
(attach.py). Which files a form needs is worked out from the form (needs.py).
"""

from consult.questionnaires.data.reading import UnreadableData, is_table, read_table, tables_in

__all__ = ["UnreadableData", "is_table", "read_table", "tables_in"]
