"""Texts that would act if anything took them for more than texts."""

from __future__ import annotations

import re

from hypothesis import strategies as st

TRICKS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    '=HYPERLINK("http://evil.example","点")',
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "\ufeff=1+1",
    '"=1+1',
    "{=1+1}",
    "http://evil.example/",
    "internal:'_meta'!A1",
    "external:\\\\server\\x.xlsx",
    "file:///etc/passwd",
    "../../../etc/passwd",
    "\\\\server\\share\\a.exe",
    "<r><t>粗</t></r>",
    "<r/></si><si><t>另一条</t></r>",
    "</t></is></c><c r='A1'><f>1+1</f></c>",
    "<script>alert(1)</script>",
    "<!DOCTYPE a>",
    "]]><![CDATA[",
    "&amp;&#0;&lt;",
    "_x0041__x005F_",
    "_x003D_1+1",
    "\x1b]0;标题\x07\x1b[2J\x1b[31m红",
    "\x9b31m",
    "\u202egnp.exe",
    "\u2066\u2069\u200f\u2028\u2029",
    "\x00\x01\x08\x7f",
    "\ud800半",
    '","code":"x',
    "'; DROP TABLE outcomes; --",
    '&L&"Arial"&P[表]',
    "%s{0}{number}$1\\1",
    "[1]表!$A$1",
    "#REF!",
    "nul.xlsx",
    "甲\r\n乙\n丙",
    " \t",
    "长" * 40_000,
)
"""One of each kind: formulas, links, paths, markup, escapes, controls, quotes, placeholders."""

nasty = st.one_of(
    st.sampled_from(TRICKS),
    st.tuples(st.sampled_from(TRICKS), st.sampled_from(TRICKS)).map("".join),
    st.text(max_size=40),
    st.tuples(st.sampled_from("=+-@<&\t"), st.text(max_size=20)).map("".join),
)

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal could act on, line ends and tabs aside, or what turns a text around."""
