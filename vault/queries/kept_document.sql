SELECT upload, compartment, key_id, pieces, size, sha256, sealed
  FROM vault.documents WHERE document = %(document)s AND journey = %(journey)s AND kept
