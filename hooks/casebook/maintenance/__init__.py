"""For maintainers: `casebook review`, `casebook rename` and `casebook links`."""

from casebook.maintenance.git import NotReviewed, changed_files, from_git
from casebook.maintenance.http_client import RequestPolicy, by_host, fetch
from casebook.maintenance.rename import RENAMERS, NotRenamed
from casebook.maintenance.review import compared, review_contribution
from casebook.maintenance.review_report import REVIEW_FORMATS
from casebook.maintenance.source_links import addresses, hosts_not_checked, link_problems, links_as_markdown
