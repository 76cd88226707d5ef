"""A contact: one call, message or visit at the hotline, and what we promised or feared there. Anonymous by default.

    from domain.contact.kind import CONTACT

A contact is open while a call-back is promised or a danger is not settled; most end the moment they are logged. Numbers
and names stand nowhere in it: a number is the vault's (`vault.callers`), words are sealed.
"""
