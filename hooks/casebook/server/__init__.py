"""`casebook serve`: the site as somebody writes it."""

from casebook.server.serve import NotServed, serve_site
