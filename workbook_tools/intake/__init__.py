"""What came in: files, archives, the bureau's list, which file is a summary of ours."""
