"""What the bureau writes to a department about its workbook (反馈意见)."""
