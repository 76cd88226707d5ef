SELECT file, sha256 FROM public.putokaz_installed WHERE package = 'eventlog'
