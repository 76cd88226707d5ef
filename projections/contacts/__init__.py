"""Contacts at the hotline: the list, one contact, and what is counted of a month."""
