"""Reading only: time travel, flows, what-if and exports over the log and the read models."""
