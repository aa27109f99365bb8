"""Takes the text out of uploaded files, so that the search looks inside them."""
