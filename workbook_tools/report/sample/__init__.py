"""The list of departments to be reviewed on site, as a Word document."""
