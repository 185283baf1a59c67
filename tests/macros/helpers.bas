' What tests ask of workbooks and macros.
Public Function ApplyText(ByVal book As String, ByVal text As String) As String
    ApplyText = ApplyResult(book, text)
End Function
Public Function TextIn(ByVal answer As String) As String
    TextIn = ItemsOf(answer)(1)(5)
End Function
Public Sub Protect(ByVal book As String, ByVal sheet As String, ByVal even As Boolean)
    Dim odd As Boolean
    odd = Not even
    With Workbooks(book).Worksheets(sheet)
        .Unprotect
        .Protect "", True, True, even, False, _
            odd, even, odd, even, odd, even, odd, even, odd, even, odd
        .EnableSelection = IIf(even, 1, 0)
    End With
End Sub
Public Function ProtectionOf(ByVal book As String, ByVal sheet As String) As String
    With Workbooks(book).Worksheets(sheet)
        ProtectionOf = .ProtectContents & .ProtectDrawingObjects & .ProtectScenarios
        With .Protection
            ProtectionOf = ProtectionOf & .AllowFormattingCells & .AllowFormattingColumns
            ProtectionOf = ProtectionOf & .AllowFormattingRows & .AllowInsertingColumns
            ProtectionOf = ProtectionOf & .AllowInsertingRows & .AllowInsertingHyperlinks
            ProtectionOf = ProtectionOf & .AllowDeletingColumns & .AllowDeletingRows
            ProtectionOf = ProtectionOf & .AllowSorting & .AllowFiltering & .AllowUsingPivotTables
        End With
        ProtectionOf = ProtectionOf & .EnableSelection
    End With
End Function
Public Function LockWithout(ByVal book As String, ByVal sheet As String) As Boolean
    Workbooks(book).Worksheets(sheet).Unprotect
    LockWithout = LockSheet(Workbooks(book).Worksheets(sheet), Array(True, True))
End Function
Public Function NextFrom(ByVal book As String, ByVal sheet As String) As String
    With NextFinding(Workbooks(book), sheet, 0, 0)
        NextFrom = .Worksheet.Name & "!" & .Address
    End With
End Function
Public Function CloseAll() As String
    Dim index As Long
    For index = Workbooks.Count To 1 Step -1
        Workbooks(index).Close False
    Next index
    CloseAll = TypeName(ActiveWorkbook)
End Function
Public Function ActiveBook() As String
    ActiveBook = ActiveWorkbook.Name
End Function
Public Function CommentsIn(ByVal book As String) As Long
    Dim sheet As Object
    For Each sheet In Workbooks(book).Worksheets
        CommentsIn = CommentsIn + sheet.Comments.Count
    Next sheet
End Function
