"""For contributors: `casebook new`."""
