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
        Say Obstacle(ActiveWorkbook)
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
    HandOver "WORKBOOK_TOOLS_FOLDER", source
    HandOver "WORKBOOK_TOOLS_OUTPUT", target
    message = Answered("consolidate", answer)
    If message = "" Then
        Set items = ItemsOf(ContentOf(answer))
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
    ' Have the program do its task with a copy of the active workbook, and do what it answers in
    ' the workbook that was copied: another one may be in front by then.
    Dim book As Object
    Dim folder As String
    Dim answer As String
    Dim message As String
    On Error GoTo Failed
    Set book = ActiveWorkbook
    message = Obstacle(book)
    If message = "" Then
        folder = NewFolder()
        answer = folder & "\answer.txt"
        HandOver "WORKBOOK_TOOLS_COPY", SavedCopy(book, folder)
        message = Answered(task, answer)
        If message = "" Then message = ApplyTo(book, ContentOf(answer))
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

Private Function Obstacle(ByVal book As Object) As String
    ' Why notes cannot be written into that workbook; nothing when they can.
    If IsProtectedView() Then
        Obstacle = TextOf("protected_view")
    ElseIf book Is Nothing Then
        Obstacle = TextOf("no_workbook")
    ElseIf book.path = "" Then
        Obstacle = TextOf("never_saved")
    ElseIf IsReadOnly(book) Then
        Obstacle = TextOf("read_only")
    End If
End Function
