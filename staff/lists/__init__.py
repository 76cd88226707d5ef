"""The lists of the application as rows and columns: what a page, a spreadsheet and a text file show alike."""
