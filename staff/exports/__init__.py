"""Exports of cases that pages and API have made: begun in the log, made beside the pages, kept for a day, fetched."""
