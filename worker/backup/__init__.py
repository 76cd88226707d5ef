"""Backups: taken while everything runs, tried in drills, restored beside what is there and put in its place at once.

A backup is a folder: the rows of the log, the rows of the vault, and a manifest that says what they are. It holds rows
and no code: tables, functions and rights are made by this release's own installer, so that nobody can slip a function
into a backup. Read models are made again from the log; workflows are started again from it.
"""
