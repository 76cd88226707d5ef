"""Telling partner systems that something happened: which word, of which stream under a name of theirs, and when.

Signed as Standard Webhooks say (https://www.standardwebhooks.com). Nothing else ever leaves: docs/webhooks.md.
"""
