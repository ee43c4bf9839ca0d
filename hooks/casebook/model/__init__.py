"""What the casebook speaks of: case studies, questions, councils, and all of them cross-referenced."""
