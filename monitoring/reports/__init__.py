"""The report of execution as an office paper, and the same figures as open data."""

from monitoring.reports.open_data import indicator_rows, measure_rows, open_data
from monitoring.reports.paper import execution_paper

__all__ = ["execution_paper", "indicator_rows", "measure_rows", "open_data"]
