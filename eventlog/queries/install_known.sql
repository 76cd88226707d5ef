SELECT to_regclass('public.putokaz_installed')::text
