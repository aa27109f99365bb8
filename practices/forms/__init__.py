"""Forms of the cabinet in which practices are written."""
