SET LOCAL ROLE putokaz_reader
