"""What travels in a workbook beside figures, and what its texts could do in what we write."""
