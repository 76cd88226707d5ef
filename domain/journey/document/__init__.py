"""Part: documents of a case: that one was filed, of what kind, and that one was filed by mistake.

Content, file name and title lie in the vault and never in the log. Each compartment has events and commands of its own
(`general`, `legal`, `health`), so that whoever may not read a part learns nothing of its documents, not even that they
are there.
"""
