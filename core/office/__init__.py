"""Office files from one description: the same paper as DOCX and XLSX, a table as CSV."""

from core.office.csv import write_csv
from core.office.docx import write_docx
from core.office.long_table import write_long_xlsx
from core.office.paper import Cell, Column, Paper, Table
from core.office.response import attachment
from core.office.xlsx import write_xlsx

__all__ = [
    "Cell",
    "Column",
    "Paper",
    "Table",
    "attachment",
    "write_csv",
    "write_docx",
    "write_long_xlsx",
    "write_xlsx",
]
