@echo off
setlocal
if not exist "%~dp0python\python.exe" goto missing
"%~dp0python\python.exe" "%~dp0python\bureau.py" %*
if errorlevel 1 pause
exit /b
:missing
chcp 936 >nul
echo 找不到 python\python.exe。请先把压缩包完整解压到一个文件夹，再双击里面的“收件台”；
echo 如果已经解压，可能是杀毒软件移走了它，请恢复后重试。
pause
