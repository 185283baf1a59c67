"""What is done to each of many: a commented copy, a report, a prefilled template."""
