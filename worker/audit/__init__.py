"""The audit: what the log says of each journey against the workflow that accompanies it, and healing.

    auditor = Auditor(client, log, AuditBook(dsn))
    audit = await auditor.audit()

`expected` reads the log, `watching` Temporal, `judging` compares (pure), `healing` acts, `auditor` puts them in order,
`schedule` sees to it that a Temporal Schedule starts one every few minutes.
"""
