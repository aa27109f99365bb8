"""Search in Russian: word forms, misspellings, the wrong keyboard layout."""
