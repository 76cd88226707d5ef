"""Part: reintegration. Its rhythm, when it is complete, that it may begin again; goals are the individual plan's."""
