"""`casebook serve`: the site as somebody writes it."""
