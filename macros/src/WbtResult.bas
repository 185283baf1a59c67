Attribute VB_Name = "WbtResult"
Option Explicit

' The file in which the program answers: UTF-16, a line for each item, its fields apart by tabs.
' Within a field "\n" is a line end, "\t" a tab and "\\" a backslash.
'
'   workbook-tools-result  1
'   message  what to show
'   summary  path of the summary workbook, when one was written
'   note  sheet  cell  width  height  text      an empty text: take the note away

Private Const HEAD As String = "workbook-tools-result" & vbTab & "1"

Public Function ItemsOf(ByVal text As String) As Collection
    ' The items of the file's text, each an array of fields; Nothing when the program did not
    ' write it.
    Dim lines() As String
    Dim items As Collection
    Dim index As Long
    Set ItemsOf = Nothing
    If Left(text, 1) = ChrW(&HFEFF) Then text = Mid(text, 2) ' the mark that says UTF-16
    lines = Split(text, vbLf)
    If UBound(lines) < 0 Then Exit Function
    If lines(0) <> HEAD Then Exit Function
    Set items = New Collection
    For index = 1 To UBound(lines)
        If lines(index) <> "" Then items.Add Fields(lines(index))
    Next index
    Set ItemsOf = items
End Function

Public Function MessageOf(ByVal items As Collection) As String
    ' What the program wants to be shown.
    If items Is Nothing Then
        MessageOf = TextOf("no_result")
    Else
        MessageOf = ValueOf(items, "message")
    End If
End Function

Public Function ValueOf(ByVal items As Collection, ByVal kind As String) As String
    ' The first field of the item of that kind; nothing where there is none.
    Dim item As Variant
    For Each item In items
        If item(0) = kind Then ValueOf = item(1)
    Next item
End Function

Private Function Fields(ByVal line As String) As Variant
    Dim found() As String
    Dim index As Long
    found = Split(line, vbTab)
    For index = 0 To UBound(found)
        found(index) = Plain(found(index))
    Next index
    Fields = found
End Function

Private Function Plain(ByVal field As String) As String
    field = Replace(field, "\\", ChrW(1))
    field = Replace(field, "\n", vbLf)
    field = Replace(field, "\t", vbTab)
    Plain = Replace(field, ChrW(1), "\")
End Function
