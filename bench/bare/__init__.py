"""A yardstick: Wagtail with one page type and a template of two lines."""
