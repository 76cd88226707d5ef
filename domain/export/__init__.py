"""An export that was begun and made: who took what of the log along, and for what. Its stream is `export-<id>`.

from domain.export.kind import EXPORT
"""
