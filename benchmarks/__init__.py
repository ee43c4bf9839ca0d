"""How long builds take: the casebook's, and those of its peers, side by side."""
