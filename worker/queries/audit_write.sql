WITH written AS (
    INSERT INTO projections.audits (audit, seconds, journeys, workflows)
    VALUES (%(audit)s, %(seconds)s, %(journeys)s, %(workflows)s)
    ON CONFLICT (audit) DO NOTHING
    RETURNING audit
)
INSERT INTO projections.audit_findings (audit, stream, fault, mended)
SELECT written.audit, f.stream, f.fault, f.mended
  FROM written
 CROSS JOIN unnest(%(streams)s::text[], %(faults)s::text[], %(mended)s::boolean[]) AS f (stream, fault, mended)
