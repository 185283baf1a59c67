/* python.exe: runs the interpreter that lies beside it. Only where python.org's own cannot be had. */
#include <wchar.h>

__declspec(dllimport) int Py_Main(int argc, wchar_t **argv);

int wmain(int argc, wchar_t **argv) { return Py_Main(argc, argv); }
