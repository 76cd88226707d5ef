"""Tables that were released, and what may follow them. Their stream is `release-<id>`, one for each population.

from domain.release.kind import RELEASES
"""
