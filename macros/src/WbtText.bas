Attribute VB_Name = "WbtText"
Option Explicit

' Every Chinese text of this add-in stands in its own worksheet: keys in column A, texts in
' column B. So the code is plain ASCII, and no code page can spoil it.

Public Function TextOf(ByVal key As String) As String
    ' The text of that key; the key itself where there is none.
    Dim texts As Object
    Dim row As Long
    Set texts = ThisWorkbook.Worksheets(1)
    row = 1
    Do While texts.Cells(row, 1).Value <> ""
        If texts.Cells(row, 1).Value = key Then
            TextOf = texts.Cells(row, 2).Value
            Exit Function
        End If
        row = row + 1
    Loop
    TextOf = key
End Function

Public Function Filled(ByVal key As String, ByVal detail As String) As String
    ' The text of that key with the detail in the place of "{}".
    Filled = Replace(TextOf(key), "{}", detail)
End Function
