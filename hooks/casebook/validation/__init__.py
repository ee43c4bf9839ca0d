"""The schema, and files validated against it."""
