"""The READMEs' pictures."""
