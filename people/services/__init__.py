"""Changes of state around people; each function is one transaction with its audit entry."""
