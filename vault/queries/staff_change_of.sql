SELECT staff FROM vault.staff_changes WHERE command_id = %s
