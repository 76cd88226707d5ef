-- Kept ones that no event may name, or not any more: never looked at, or not for some time.
SELECT document, journey FROM vault.documents
 WHERE kept AND begun_at < clock_timestamp() - make_interval(secs => %(seconds)s)
   AND (checked_at IS NULL OR checked_at < clock_timestamp() - make_interval(secs => %(again)s))
 ORDER BY checked_at NULLS FIRST, begun_at
 LIMIT %(most)s
