SELECT stream, fault, mended FROM projections.audit_findings WHERE audit = %(audit)s ORDER BY fault, stream
