SELECT model, "position" FROM projections.positions
