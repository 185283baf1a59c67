Attribute VB_Name = "WbtNext"
Option Explicit

' Goes from note to note of ours: row by row, sheet by sheet, and from the last to the first.

Public Function SelectNext(ByVal bookName As String) As Boolean
    ' Select the next cell with a note of ours; whether there is one.
    Dim book As Object
    Dim found As Object
    Set book = Workbooks(bookName)
    If ActiveCell Is Nothing Then ' a sheet of charts is in front
        Set found = NextFinding(book, "", 0, 0)
    Else
        Set found = NextFinding(book, book.ActiveSheet.Name, ActiveCell.row, ActiveCell.column)
    End If
    If found Is Nothing Then Exit Function
    found.Worksheet.Activate
    found.Select
    SelectNext = True
End Function

Public Function NextFinding(ByVal book As Object, ByVal sheetName As String, _
        ByVal row As Long, ByVal column As Long) As Object
    ' The next such cell after that place, from the first sheet where there is no sheet of that
    ' name; Nothing when there is none at all.
    Dim start As Long
    Dim turn As Long
    Dim found As Object
    start = book.Worksheets.Count
    Do While start > 1 And book.Worksheets(start).Name <> sheetName
        start = start - 1
    Loop
    Set found = FirstAfter(book.Worksheets(start), row, column)
    turn = start
    Do While found Is Nothing
        turn = turn Mod book.Worksheets.Count + 1
        Set found = FirstAfter(book.Worksheets(turn), 0, 0)
        If turn = start Then Exit Do
    Loop
    Set NextFinding = found
End Function

Private Function FirstAfter(ByVal sheet As Object, ByVal row As Long, ByVal column As Long) As Object
    ' The first such cell of a visible sheet after that row and column. Cells are walked through,
    ' row by row, until all notes were seen: LibreOffice does not say where a note is.
    Dim cell As Object
    Dim seen As Long
    Set FirstAfter = Nothing
    If sheet.Visible <> -1 Or sheet.Comments.Count = 0 Then Exit Function
    For Each cell In sheet.UsedRange.Cells
        If Not cell.Comment Is Nothing Then
            If IsBefore(row, column, cell.row, cell.column) And IsOurs(cell.Comment.Text) Then
                Set FirstAfter = cell
                Exit Function
            End If
            seen = seen + 1
            If seen = sheet.Comments.Count Then Exit Function
        End If
    Next cell
End Function

Private Function IsBefore(ByVal row As Long, ByVal column As Long, _
        ByVal otherRow As Long, ByVal otherColumn As Long) As Boolean
    IsBefore = row < otherRow Or (row = otherRow And column < otherColumn)
End Function

Private Function IsOurs(ByVal words As String) As Boolean
    IsOurs = InStr(vbLf & words, vbLf & TextOf("marker")) > 0
End Function
