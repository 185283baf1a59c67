"""The clerks' manual (操作手册): chapters in Markdown, and what makes its pictures and files."""
