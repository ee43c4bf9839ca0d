"""A contributed file as text, YAML and Markdown. Knows nothing of councils or questions."""
