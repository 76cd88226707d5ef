"""Languages: the catalogue, its two scripts, dates and plurals."""
