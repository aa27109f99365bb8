"""Text of uploaded files, for the search."""

# About four hundred pages; a longer file is found by its beginning.
MAX_TEXT = 1_000_000
# What one file may cost; above it the search does not look inside.
MAX_SECONDS = 60
MAX_MEMORY = 1024 * 1024 * 1024
