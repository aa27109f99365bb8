"""Lists of cards: what is chosen, facets with counts, orders, pages by key, words."""
