Attribute VB_Name = "WbtNotes"
Option Explicit

' Writes the notes that the program asks for. What they say, and what must stay of notes that a
' person wrote, the program has decided: here texts only go into cells.

Public Function ApplyResult(ByVal bookName As String, ByVal answer As String) As String
    ' Do what the answer says in the open workbook of that name; returns what to show.
    ApplyResult = ApplyTo(Workbooks(bookName), answer)
End Function

Public Function ApplyTo(ByVal book As Object, ByVal answer As String) As String
    Dim items As Collection
    Set items = ItemsOf(answer)
    ApplyTo = MessageOf(items)
    If Not items Is Nothing Then ApplyTo = ApplyTo & WriteNotes(book, items)
End Function

Private Function WriteNotes(ByVal book As Object, ByVal items As Collection) As String
    ' Returns what to say of sheets: which have a password and were left alone, which could not be
    ' protected again.
    Dim item As Variant
    Dim sheetName As String
    Dim sheet As Object
    Dim guard As Variant
    Dim isOpen As Boolean
    Dim locked As String
    Dim bare As String
    Dim number As Long
    Dim problem As String
    On Error GoTo Failed
    For Each item In items
        If item(0) = "note" Then
            If item(1) <> sheetName Then
                If isOpen Then bare = Joined(bare, Unguarded(sheet, guard))
                isOpen = False
                sheetName = item(1)
                Set sheet = book.Worksheets(sheetName)
                guard = SheetGuard(sheet)
                isOpen = UnlockSheet(sheet)
                If Not isOpen Then locked = Joined(locked, sheetName)
            End If
            If isOpen Then WriteNote sheet.Range(item(2)), item
        End If
    Next item
    If isOpen Then bare = Joined(bare, Unguarded(sheet, guard))
    WriteNotes = Remark("sheets_locked", locked) & Remark("sheets_bare", bare)
    Exit Function
Failed:
    number = Err.Number
    problem = Err.Description
    If isOpen Then bare = Joined(bare, Unguarded(sheet, guard))
    Err.Raise number, , problem & Remark("sheets_bare", bare)
End Function

Private Function Unguarded(ByVal sheet As Object, ByVal guard As Variant) As String
    ' Protect the sheet as it was; its name where that failed.
    If Not LockSheet(sheet, guard) Then Unguarded = sheet.Name
End Function

Private Function Joined(ByVal names As String, ByVal name As String) As String
    Joined = names & IIf(names = "" Or name = "", "", ", ") & name
End Function

Private Function Remark(ByVal key As String, ByVal names As String) As String
    If names <> "" Then Remark = vbLf & Filled(key, names)
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
