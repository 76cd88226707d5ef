DELETE FROM vault.documents WHERE upload = %s
