"""The open data: tables, their columns, and the files and descriptions generated from them."""
