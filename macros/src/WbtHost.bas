Attribute VB_Name = "WbtHost"
Option Explicit

' All that needs desktop Excel on Windows and cannot be tried elsewhere: starting the program,
' temporary files, dialogs, the boxes of notes.

Private Const HIDDEN As Long = 0
Private Const FOLDER_PICKER As Long = 4
Private Const TEMPORARY As Long = 2

Public Function NewFolder() As String
    ' A new temporary folder; its short name is plain ASCII where Windows keeps short names.
    Dim files As Object
    Dim parent As String
    Set files = CreateObject("Scripting.FileSystemObject")
    parent = files.GetSpecialFolder(TEMPORARY).ShortPath
    NewFolder = parent & "\workbook-tools-" & files.GetTempName()
    files.CreateFolder NewFolder
End Function

Public Sub RemoveFolder(ByVal folder As String)
    On Error Resume Next ' what is left is small, and Windows cleans it up one day
    CreateObject("Scripting.FileSystemObject").DeleteFolder folder, True
End Sub

Public Function SavedCopy(ByVal book As Object, ByVal folder As String) As String
    ' A copy of the workbook as it is now, under its own name; the workbook stays as it is.
    SavedCopy = folder & "\" & book.Name
    book.SaveCopyAs SavedCopy
End Function

Public Function IsReadOnly(ByVal book As Object) As Boolean
    IsReadOnly = book.ReadOnly
End Function

Public Function FileExists(ByVal path As String) As Boolean
    FileExists = CreateObject("Scripting.FileSystemObject").FileExists(path)
End Function

Public Function Launch(ByVal arguments As String, ByVal answer As String) As Boolean
    ' Run the program and wait; whether it answered. It is found by the environment variable
    ' WORKBOOK_TOOLS (the path of workbook-tools.exe), then by PATH, then by the py launcher.
    Dim runner As Object
    Dim named As String
    Dim candidate As Variant
    Set runner = CreateObject("WScript.Shell")
    named = runner.Environment("PROCESS").item("WORKBOOK_TOOLS")
    If named <> "" Then named = Quoted(named)
    For Each candidate In Array(named, "workbook-tools", "py -m workbook_tools")
        If candidate <> "" Then
            On Error Resume Next ' a program that is not there is an error here
            runner.Run candidate & " " & arguments, HIDDEN, True
            On Error GoTo 0
            If FileExists(answer) Then
                Launch = True
                Exit Function
            End If
        End If
    Next candidate
End Function

Public Sub Say(ByVal message As String)
    MsgBox Left(message, 1000), vbInformation, TextOf("title") ' MsgBox shows no more than 1,024
End Sub

Public Function Agreed(ByVal question As String) As Boolean
    Agreed = MsgBox(Left(question, 1000), vbYesNo + vbQuestion, TextOf("title")) = vbYes
End Function

Public Function PickedFolder() As String
    ' The folder that the user picks; empty when there is none.
    With Application.FileDialog(FOLDER_PICKER)
        .title = TextOf("pick_folder")
        If .Show = -1 Then PickedFolder = .SelectedItems(1)
    End With
End Function

Public Function PickedTarget(ByVal proposal As String) As String
    ' The file to write that the user picks; empty when there is none.
    Dim picked As Variant
    picked = Application.GetSaveAsFilename(proposal, "Excel (*.xlsx), *.xlsx", 1, _
        TextOf("pick_target"))
    If VarType(picked) = vbString Then PickedTarget = picked
End Function

Public Sub ShowWaiting(ByVal isWaiting As Boolean)
    If isWaiting Then
        Application.Cursor = xlWait
        Application.StatusBar = TextOf("waiting")
    Else
        Application.Cursor = xlDefault
        Application.StatusBar = False
    End If
End Sub

Public Sub SizeNote(ByVal note As Object, ByVal width As Double, ByVal height As Double)
    ' Make the box so large, in pixels at 96 dpi.
    On Error Resume Next ' looks only; LibreOffice knows no box here
    note.shape.width = width * 0.75
    note.shape.height = height * 0.75
End Sub
