DELETE FROM vault.documents WHERE document = %s
