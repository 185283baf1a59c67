"""The desk for one person on this machine (单机): what is dropped in is read, shown, given back."""
