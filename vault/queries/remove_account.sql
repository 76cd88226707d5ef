-- The invitation too, or who has left would be let in again by a link that still lies in a mailbox.
WITH invitation AS (DELETE FROM vault.invitations WHERE staff = %(staff)s)
DELETE FROM vault.accounts WHERE staff = %(staff)s
