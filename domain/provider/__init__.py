"""A provider: who gives services besides us, here or abroad. A directory entry; it owes nothing and has no workflow.

from domain.provider.kind import PROVIDER
"""
