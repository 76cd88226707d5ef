CREATE TABLE "{table}" ({columns})
