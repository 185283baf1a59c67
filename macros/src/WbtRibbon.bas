Attribute VB_Name = "WbtRibbon"
Option Explicit

' What the buttons of the ribbon do.

Public Sub WbtOnCheck(ByVal control As Object)
    Ask "check"
End Sub

Public Sub WbtOnClear(ByVal control As Object)
    Ask "clear"
End Sub

Public Sub WbtOnNext(ByVal control As Object)
    On Error GoTo Failed
    If ActiveWorkbook Is Nothing Then
        Say TextOf("no_workbook")
    ElseIf Not SelectNext(ActiveWorkbook.Name) Then
        Say TextOf("no_findings")
    End If
    Exit Sub
Failed:
    Say Filled("failed", Err.Description)
End Sub

Public Sub WbtOnConsolidate(ByVal control As Object)
    Dim source As String
    Dim target As String
    Dim folder As String
    Dim answer As String
    Dim message As String
    Dim items As Collection
    On Error GoTo Failed
    source = PickedFolder()
    If source = "" Then Exit Sub
    target = PickedTarget(source & "\" & TextOf("summary_name") & ".xlsx")
    If target = "" Then Exit Sub
    folder = NewFolder()
    answer = folder & "\answer.txt"
    message = Answered("consolidate " & Quoted(source) & " -o " & Quoted(target), answer)
    If message = "" Then
        Set items = ReadResult(answer)
        message = MessageOf(items)
    End If
    RemoveFolder folder
    ShowSummary message, items
    Exit Sub
Failed:
    message = Filled("failed", Err.Description)
    ShowWaiting False
    If folder <> "" Then RemoveFolder folder
    Say message
End Sub

Private Sub ShowSummary(ByVal message As String, ByVal items As Collection)
    ' Say what came of consolidating, and open the summary if there is one and the user agrees.
    Dim summary As String
    If Not items Is Nothing Then summary = ValueOf(items, "summary")
    If summary = "" Then
        Say message
    ElseIf Agreed(message & vbLf & vbLf & TextOf("open_summary")) Then
        Workbooks.Open summary
    End If
End Sub

Private Sub Ask(ByVal task As String)
    ' Have the program do its task with a copy of the active workbook, and do what it answers.
    Dim folder As String
    Dim copy As String
    Dim answer As String
    Dim message As String
    On Error GoTo Failed
    message = Obstacle(ActiveWorkbook)
    If message = "" Then
        folder = NewFolder()
        copy = SavedCopy(ActiveWorkbook, folder)
        answer = folder & "\answer.txt"
        message = Answered(task & " --copy " & Quoted(copy), answer)
        If message = "" Then message = ApplyResult(ActiveWorkbook.Name, answer)
        RemoveFolder folder
    End If
    Say message
    Exit Sub
Failed:
    message = Filled("failed", Err.Description)
    ShowWaiting False
    If folder <> "" Then RemoveFolder folder
    Say message
End Sub

Public Function Quoted(ByVal path As String) As String
    ' For a command line; a backslash before the closing quote would take its meaning away.
    Quoted = """" & path & IIf(Right(path, 1) = "\", "\", "") & """"
End Function

Private Function Answered(ByVal task As String, ByVal answer As String) As String
    ' Run the program; returns what is wrong, nothing when it answered.
    ShowWaiting True
    If Not Launch("excel " & task & " --result " & Quoted(answer), answer) Then
        Answered = TextOf("no_program")
    End If
    ShowWaiting False
End Function

Private Function Obstacle(ByVal book As Object) As String
    ' Why notes cannot be written into that workbook; nothing when they can.
    If book Is Nothing Then
        Obstacle = TextOf("no_workbook")
    ElseIf book.path = "" Then
        Obstacle = TextOf("never_saved")
    ElseIf IsReadOnly(book) Then
        Obstacle = TextOf("read_only")
    End If
End Function
