"""For contributors: `casebook new`, `casebook update` and `casebook apply`."""

from casebook.authoring.additions import apply
from casebook.authoring.claim_ids import fix_ids
from casebook.authoring.insertion import NotApplied
from casebook.authoring.new import from_answers, from_draft, from_title, from_update
