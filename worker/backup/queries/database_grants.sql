-- The rights on one database, as statements for another one.
SELECT format('REVOKE ALL ON DATABASE %%I FROM PUBLIC', %(new)s::text)
 WHERE EXISTS (SELECT FROM pg_database WHERE datname = %(old)s AND datacl IS NOT NULL)
UNION ALL
SELECT format('GRANT %%s ON DATABASE %%I TO %%s', a.privilege_type, %(new)s::text,
              CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END)
  FROM pg_database AS d CROSS JOIN aclexplode(d.datacl) AS a
 WHERE d.datname = %(old)s AND a.grantee <> d.datdba
