INSERT INTO public.putokaz_installed (package, file, sha256) VALUES (%s, %s, %s)
ON CONFLICT (package, file) DO UPDATE SET sha256 = excluded.sha256, installed_at = excluded.installed_at
