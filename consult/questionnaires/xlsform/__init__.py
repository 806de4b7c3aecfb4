"""XLSForm, the field's standard for questionnaires in spreadsheets: a lenient reader and a writer."""

from consult.questionnaires.xlsform.reader import Reading, read_xlsform
from consult.questionnaires.xlsform.writer import write_xlsform

__all__ = ["Reading", "read_xlsform", "write_xlsform"]
