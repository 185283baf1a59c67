Attribute VB_Name = "WbtProgram"
Option Explicit

' Finds the program, has it do a task, and tells apart what can go wrong with it. Names of files
' and folders are handed over in environment variables: what starts programs expands "%NAME%" in
' command lines, and a command line has rules for quotes.

Private Const ACCEPTED_NOT As Long = 2 ' what the program returns when it refuses its arguments
Private Const NO_MODULE As Long = 1 ' what Python returns, without an answer, without our package
Private Const NO_PYTHON As Long = 103 ' what the py launcher returns when it finds no Python
Private Const LAUNCHER As String = "py.exe"

Public Function Answered(ByVal task As String, ByVal answer As String) As String
    ' Have the program do the task; returns what is wrong, nothing when it answered.
    Dim program As String
    Dim code As Long
    Answered = Missing()
    If Answered <> "" Then Exit Function
    program = Found()
    HandOver "WORKBOOK_TOOLS_RESULT", answer
    ShowWaiting True
    On Error GoTo NotStarted
    code = RunHidden(CommandOf(program) & " excel " & task)
    On Error GoTo 0
    ShowWaiting False
    If Not FileExists(answer) Then Answered = Ending(program, code)
    Exit Function
NotStarted:
    Answered = Filled("not_started", Err.Description)
    ShowWaiting False
End Function

Private Function Missing() As String
    ' Why there is no program to start; nothing when there is one.
    If Found() <> "" Then Exit Function
    If Variable("WORKBOOK_TOOLS") = "" Then
        Missing = TextOf("no_program")
    Else
        Missing = Filled("no_such_file", Variable("WORKBOOK_TOOLS"))
    End If
End Function

Private Function Found() As String
    ' The full path of the program: what the variable WORKBOOK_TOOLS says, else from PATH
    ' workbook-tools.exe, else the py launcher. Never from the current folder, which the dialogs
    ' move to folders that others have filled.
    Dim named As String
    named = Trim(Replace(Variable("WORKBOOK_TOOLS"), """", ""))
    If named <> "" Then
        If IsAbsolute(named) And FileExists(named) Then Found = named
        Exit Function
    End If
    Found = OnPath("workbook-tools.exe")
    If Found = "" Then Found = OnPath(LAUNCHER)
End Function

Private Function OnPath(ByVal name As String) As String
    Dim folders() As String
    Dim folder As String
    Dim index As Long
    folders = Split(Variable("PATH"), ";")
    For index = 0 To UBound(folders)
        folder = Trim(Replace(folders(index), """", ""))
        If IsAbsolute(folder) Then
            If Right(folder, 1) <> "\" Then folder = folder & "\"
            If FileExists(folder & name) Then
                OnPath = folder & name
                Exit Function
            End If
        End If
    Next index
End Function

Private Function IsAbsolute(ByVal path As String) As Boolean
    IsAbsolute = Mid(path, 2, 2) = ":\" Or Left(path, 2) = "\\"
End Function

Private Function IsLauncher(ByVal program As String) As Boolean
    IsLauncher = LCase(Right(program, Len(LAUNCHER) + 1)) = "\" & LAUNCHER
End Function

Private Function CommandOf(ByVal program As String) As String
    CommandOf = """" & program & """"
    If IsLauncher(program) Then CommandOf = CommandOf & " -m workbook_tools"
End Function

Private Function Ending(ByVal program As String, ByVal code As Long) As String
    ' What it means that the program ended with that code and without an answer.
    If IsLauncher(program) And (code = NO_MODULE Or code = NO_PYTHON) Then
        Ending = TextOf("no_program")
    ElseIf code = ACCEPTED_NOT Then
        Ending = TextOf("refused")
    Else
        Ending = Filled("crashed", CStr(code))
    End If
End Function
