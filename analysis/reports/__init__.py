"""Reports: what supervisors, donors and the national rapporteur count, with the events behind each figure."""
