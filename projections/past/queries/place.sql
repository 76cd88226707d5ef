SELECT set_config('putokaz.position', %s::text, true), set_config('putokaz.instead', %s::uuid[]::text, true),
       set_config('putokaz.rows', %s::text, true)
