"""Every published file that is not a page: open data, feeds, citations, search index."""

from casebook.exports.citations import bibtex, cited
from casebook.exports.dataset.dataset import research
from casebook.exports.dataset.metadata import KINDS, PACKAGE, downloads
from casebook.exports.dataset.tabulate import RESEARCH, tabulate
from casebook.exports.feeds import feed_of, followed
from casebook.exports.publication import LICENCE, Group, Site, SiteFile, plain_copy, stamped, version
from casebook.exports.registry import groups, linked
from casebook.exports.search_index import search_edition
from casebook.exports.text_files import text_file
