"""Views of the public site that are no pages."""
