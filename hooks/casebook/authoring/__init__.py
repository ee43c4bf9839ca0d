"""For contributors: `casebook new`."""

from casebook.authoring.new import from_answers, from_draft, from_title
