Attribute VB_Name = "WbtProtection"
Option Explicit

' The template's sheets are protected without a password; a note can only be written while they
' are not. What was allowed on a sheet is read before and set again after.

Public Function SheetGuard(ByVal sheet As Object) As Variant
    ' All that protects the sheet; Empty when nothing does.
    If Not IsGuarded(sheet) Then Exit Function
    With sheet.Protection
        SheetGuard = Array(sheet.ProtectDrawingObjects, sheet.ProtectContents, _
            sheet.ProtectScenarios, .AllowFormattingCells, .AllowFormattingColumns, _
            .AllowFormattingRows, .AllowInsertingColumns, .AllowInsertingRows, _
            .AllowInsertingHyperlinks, .AllowDeletingColumns, .AllowDeletingRows, _
            .AllowSorting, .AllowFiltering, .AllowUsingPivotTables, sheet.EnableSelection)
    End With
End Function

Public Function UnlockSheet(ByVal sheet As Object) As Boolean
    ' Whether the sheet can be written now; not where it has a password.
    If IsGuarded(sheet) Then
        On Error Resume Next
        sheet.Unprotect ""
        On Error GoTo 0
    End If
    UnlockSheet = Not IsGuarded(sheet)
End Function

Public Function LockSheet(ByVal sheet As Object, ByVal guard As Variant) As Boolean
    ' Protect the sheet as it was, or at least at all; whether it is protected now if it was. Never
    ' an error: it would hide the one for which somebody is cleaning up.
    If IsEmpty(guard) Then
        LockSheet = True
        Exit Function
    End If
    On Error Resume Next
    sheet.Protect "", guard(0), guard(1), guard(2), False, guard(3), guard(4), guard(5), _
        guard(6), guard(7), guard(8), guard(9), guard(10), guard(11), guard(12), guard(13)
    If Err.Number <> 0 Then sheet.Protect ""
    sheet.EnableSelection = guard(14)
    LockSheet = IsGuarded(sheet)
End Function

Private Function IsGuarded(ByVal sheet As Object) As Boolean
    IsGuarded = sheet.ProtectContents Or sheet.ProtectDrawingObjects
End Function
