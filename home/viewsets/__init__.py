"""Lists of the admin: pages by kind, and the short lists that pages refer to."""
