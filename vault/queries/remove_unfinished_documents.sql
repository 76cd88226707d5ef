-- Uploads that nobody finished; some at a time, since each may have many pieces.
DELETE FROM vault.documents
 WHERE upload IN (
    SELECT upload FROM vault.documents
     WHERE NOT kept AND begun_at < clock_timestamp() - make_interval(secs => %(seconds)s) ORDER BY begun_at LIMIT 5
 )
