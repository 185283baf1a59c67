@"%~dp0python\python.exe" -m workbook_tools %*
