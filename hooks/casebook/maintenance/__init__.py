"""For maintainers: `casebook review` and `casebook links`."""
