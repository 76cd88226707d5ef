SELECT sealed FROM vault.document_pieces WHERE upload = %s AND position = %s
