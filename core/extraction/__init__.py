"""What uploaded files hold: their text for the search, the pages of a PDF."""

# About four hundred pages; a longer file is found by its beginning.
MAX_TEXT = 1_000_000
# What one file may cost; above it the search does not look inside.
MAX_SECONDS = 60
MAX_MEMORY = 1024 * 1024 * 1024
# Somebody waits for the check of an upload.
MAX_CHECK_SECONDS = 15
