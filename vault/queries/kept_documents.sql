SELECT document, upload, compartment, key_id, pieces, size, sealed
  FROM vault.documents WHERE journey = %(journey)s AND compartment = ANY (%(compartments)s) AND kept
