' WbtHost's stand-in: it does nothing but note down what it was asked for.
Public Said As String
Public Asked As String
Public Removed As String
Public ReadOnly As Boolean
Public Protected As Boolean
Public Files As String
Public Variables As String
Public Code As Long
Public Refusal As String
Public Reply As String
Public InFront As String

Public Function NewFolder() As String
    NewFolder = "C:\Temp"
End Function
Public Sub RemoveFolder(ByVal folder As String)
    Removed = folder
End Sub
Public Function SavedCopy(ByVal book As Object, ByVal folder As String) As String
    SavedCopy = folder & "\" & book.Name
End Function
Public Function IsReadOnly(ByVal book As Object) As Boolean
    IsReadOnly = ReadOnly
End Function
Public Function IsProtectedView() As Boolean
    IsProtectedView = Protected
End Function
Public Sub MakeReadOnly()
    ReadOnly = True
End Sub
Public Sub MakeProtected()
    Protected = True
End Sub
Public Sub MakeFile(ByVal path As String)
    Files = Files & "|" & path & "|"
End Sub
Public Sub MakeOutcome(ByVal exitCode As Long, ByVal startError As String, ByVal answer As String)
    Code = exitCode
    Refusal = startError
    Reply = answer
End Sub
Public Sub MakeFront(ByVal book As String)
    InFront = book
End Sub
Public Function FileExists(ByVal path As String) As Boolean
    FileExists = InStr(Files, "|" & path & "|") > 0
End Function
Public Function ContentOf(ByVal path As String) As String
    ContentOf = Reply
End Function
Public Function Variable(ByVal name As String) As String
    Dim entries() As String
    Dim index As Long
    entries = Split(Variables, vbLf)
    For index = 0 To UBound(entries)
        If Left(entries(index), Len(name) + 1) = name & "=" Then
            Variable = Mid(entries(index), Len(name) + 2)
        End If
    Next index
End Function
Public Sub HandOver(ByVal name As String, ByVal words As String)
    Variables = Variables & vbLf & name & "=" & words
End Sub
Public Function RunHidden(ByVal command As String) As Long
    Asked = command
    If InFront <> "" Then Workbooks(InFront).Activate
    If Refusal <> "" Then Err.Raise 70, , Refusal
    If Reply <> "" Then MakeFile Variable("WORKBOOK_TOOLS_RESULT")
    RunHidden = Code
End Function
Public Sub Say(ByVal message As String)
    Said = message
End Sub
Public Function Agreed(ByVal question As String) As Boolean
    Said = question
End Function
Public Function PickedFolder() As String
    PickedFolder = "D:\"
End Function
Public Function PickedTarget(ByVal proposal As String) As String
    PickedTarget = proposal
End Function
Public Sub ShowWaiting(ByVal isWaiting As Boolean)
End Sub
Public Sub SizeNote(ByVal note As Object, ByVal width As Double, ByVal height As Double)
End Sub
Public Function LastSaid() As String
    LastSaid = Said
End Function
Public Function LastRemoved() As String
    LastRemoved = Removed
End Function
Public Function LastAsked() As String
    LastAsked = Asked
End Function
