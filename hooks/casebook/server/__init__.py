"""`casebook serve`: a preview of the site that follows every change."""

from casebook.server.serve import NotServed, serve_site
