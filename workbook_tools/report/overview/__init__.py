"""The bureau's overview of a round."""
