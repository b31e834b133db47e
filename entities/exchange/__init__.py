"""Bringing records in from files, row by row: whole rows or nothing, and the same file twice changes nothing."""
