"""Every published file that is no page: open data, feeds, citations, search index."""
