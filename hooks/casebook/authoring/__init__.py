"""For contributors: `casebook new`."""

from casebook.authoring.claim_ids import fix_ids
from casebook.authoring.new import from_answers, from_draft, from_title
