Attribute VB_Name = "WbtNotes"
Option Explicit

' Writes the notes that the program asks for. What they say, and what must stay of notes that a
' person wrote, the program has decided: here texts only go into cells.

Public Function ApplyResult(ByVal bookName As String, ByVal path As String) As String
    ' Do what the answer says in that open workbook; returns what to show.
    ApplyResult = ApplyItems(bookName, ReadResult(path))
End Function

Public Function ApplyItems(ByVal bookName As String, ByVal items As Collection) As String
    Dim locked As String
    ApplyItems = MessageOf(items)
    If items Is Nothing Then Exit Function
    locked = WriteNotes(Workbooks(bookName), items)
    If locked <> "" Then ApplyItems = ApplyItems & vbLf & Filled("sheets_locked", locked)
End Function

Private Function WriteNotes(ByVal book As Object, ByVal items As Collection) As String
    ' Returns the names of sheets that could not be written: protected with a password.
    Dim item As Variant
    Dim sheetName As String
    Dim sheet As Object
    Dim guard As Variant
    Dim isOpen As Boolean
    Dim number As Long
    Dim problem As String
    On Error GoTo Failed
    For Each item In items
        If item(0) = "note" Then
            If item(1) <> sheetName Then
                If isOpen Then LockSheet sheet, guard
                isOpen = False
                sheetName = item(1)
                Set sheet = book.Worksheets(sheetName)
                guard = SheetGuard(sheet)
                isOpen = UnlockSheet(sheet)
                If Not isOpen Then
                    WriteNotes = WriteNotes & IIf(WriteNotes = "", "", ", ") & sheetName
                End If
            End If
            If isOpen Then WriteNote sheet.Range(item(2)), item
        End If
    Next item
    If isOpen Then LockSheet sheet, guard
    Exit Function
Failed:
    number = Err.Number
    problem = Err.Description
    If isOpen Then LockSheet sheet, guard
    Err.Raise number, , problem
End Function

Private Sub WriteNote(ByVal cell As Object, ByVal item As Variant)
    Dim words As String
    words = item(5)
    If words = "" Then
        If Not cell.Comment Is Nothing Then cell.Comment.Delete
        Exit Sub
    End If
    If cell.Comment Is Nothing Then
        cell.AddComment words
    Else
        cell.Comment.Text words
    End If
    SizeNote cell.Comment, CDbl(item(3)), CDbl(item(4))
End Sub
