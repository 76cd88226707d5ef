"""Part: migration. A running journey goes over to another version of its pathway, as a recorded event (design §3)."""
