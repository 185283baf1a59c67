Attribute VB_Name = "WbtHost"
Option Explicit

' All that needs desktop Excel on Windows and cannot be tried elsewhere: starting the program,
' temporary files, dialogs, the boxes of notes. Objects of Windows are used rather than VBA's own
' MsgBox, Dir and Open, which lose characters outside the system's code page.

Private Const HIDDEN As Long = 0
Private Const FOLDER_PICKER As Long = 4
Private Const SYSTEM As Long = 1
Private Const TEMPORARY As Long = 2
Private Const READING As Long = 1
Private Const UTF_16 As Long = -1

Public Function NewFolder() As String
    ' A new temporary folder.
    Dim files As Object
    Dim parent As String
    Set files = CreateObject("Scripting.FileSystemObject")
    parent = files.GetSpecialFolder(TEMPORARY).path
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

Public Function ContentOf(ByVal path As String) As String
    ' The text of a UTF-16 file; nothing where there is none.
    Dim files As Object
    Set files = CreateObject("Scripting.FileSystemObject")
    If Not files.FileExists(path) Then Exit Function
    If files.GetFile(path).Size < 4 Then Exit Function
    With files.OpenTextFile(path, READING, False, UTF_16)
        ContentOf = .ReadAll
        .Close
    End With
End Function

Public Function Variable(ByVal name As String) As String
    ' The environment variable of that name; nothing where there is none.
    Dim runner As Object
    Set runner = CreateObject("WScript.Shell")
    Variable = runner.Environment("PROCESS").item(name)
End Function

Public Sub HandOver(ByVal name As String, ByVal words As String)
    ' Set an environment variable for the programs that are started from here.
    Dim runner As Object
    Set runner = CreateObject("WScript.Shell")
    runner.Environment("PROCESS").item(name) = words
End Sub

Public Function RunHidden(ByVal command As String) As Long
    ' Run a program to its end, without a window; its exit code. An error where it cannot start.
    ' It runs in a folder into which nobody can put files: Python looks for modules there first.
    Dim runner As Object
    Dim before As String
    Dim number As Long
    Dim problem As String
    Set runner = CreateObject("WScript.Shell")
    before = runner.CurrentDirectory
    runner.CurrentDirectory = _
        CreateObject("Scripting.FileSystemObject").GetSpecialFolder(SYSTEM).path
    On Error Resume Next
    RunHidden = runner.Run(command, HIDDEN, True)
    number = Err.Number
    problem = Err.Description
    runner.CurrentDirectory = before
    On Error GoTo 0
    If number <> 0 Then Err.Raise number, , problem
End Function

Public Function IsProtectedView() As Boolean
    ' Whether the window in front shows a file that came from elsewhere, not yet to be edited.
    If ActiveWorkbook Is Nothing Then
        IsProtectedView = Not Application.ActiveProtectedViewWindow Is Nothing
    End If
End Function

Public Sub Say(ByVal message As String)
    Answer message, vbInformation
End Sub

Public Function Agreed(ByVal question As String) As Boolean
    Agreed = Answer(question, vbYesNo + vbQuestion) = vbYes
End Function

Private Function Answer(ByVal message As String, ByVal kind As Long) As Long
    ' A box in front of all windows; MsgBox knows the characters of the system's code page only.
    Answer = CreateObject("WScript.Shell").Popup( _
        Left(message, 1000), 0, TextOf("title"), kind + vbSystemModal)
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
