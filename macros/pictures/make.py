"""Draw the README's schematics: ``python macros/pictures/make.py``.

They are drawings, and say so (示意图): nobody has made screenshots of Excel with this add-in yet.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

HERE = Path(__file__).parent
FONT = "'Microsoft YaHei','Noto Sans CJK SC',sans-serif"
GREEN, INK, PALE, LINE, MARK = "#217346", "#222", "#f3f3f3", "#999", "#c00000"


class Drawing:
    """Boxes, words and arrows on a white page, in pixels."""

    def __init__(self, width: int, height: int, title: str) -> None:
        self.width, self.height, self.title = width, height, title
        self.items: list[str] = []
        self.box(0, 0, width, height, "#fff")
        self.words(width - 12, height - 12, "示意图，不是截图", 12, LINE, "end")

    def box(self, x: int, y: int, width: int, height: int, fill: str, line: str = LINE) -> None:
        """A rectangle."""
        self.items.append(
            f'<rect x="{x + 0.5}" y="{y + 0.5}" width="{width - 1}" height="{height - 1}" '
            f'fill="{fill}" stroke="{line}"/>'
        )

    def words(
        self, x: int, y: int, text: str, size: int = 14, fill: str = INK, anchor: str = "start"
    ) -> None:
        """A line of text whose baseline begins, is centred or ends at the point."""
        self.items.append(
            f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">'
            f"{escape(text)}</text>"
        )

    def arrow(self, x: int, y: int, to_x: int, to_y: int) -> None:
        """An arrow."""
        self.items.append(
            f'<line x1="{x}" y1="{y}" x2="{to_x}" y2="{to_y}" stroke="{MARK}" stroke-width="2" '
            'marker-end="url(#tip)"/>'
        )

    def save(self, name: str) -> None:
        """Write the drawing beside this file."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family="{FONT}">'
            f"<title>{escape(self.title)}</title>"
            '<defs><marker id="tip" markerWidth="8" markerHeight="8" refX="6" refY="3" '
            f'orient="auto"><path d="M0,0 L7,3 L0,6 z" fill="{MARK}"/></marker></defs>'
        )
        text = "\n".join([head, *self.items, "</svg>\n"])
        (HERE / f"{name}.svg").write_text(text, encoding="utf-8")


def unblock() -> None:
    """The properties of the file, with the tick that takes the mark of the web away."""
    page = Drawing(520, 250, "文件属性：解除锁定")
    page.box(20, 20, 400, 200, PALE)
    page.box(20, 20, 400, 30, "#fff")
    page.words(32, 41, "workbook_tools.xlam 属性")
    page.words(40, 80, "常规", 14, GREEN)
    page.words(40, 112, "文件类型：Microsoft Excel 加载宏 (.xlam)", 13)
    page.words(40, 150, "安全：此文件来自其他计算机，可能被阻止……", 13)
    page.box(300, 165, 16, 16, "#fff")
    page.words(308, 178, "√", 14, MARK, "middle")
    page.words(322, 179, "解除锁定(K)", 13)
    page.arrow(470, 120, 324, 164)
    page.words(436, 112, "打勾", 14, MARK)
    page.save("unblock")


def folder() -> None:
    """The folder from which Excel opens files when it starts."""
    page = Drawing(520, 190, "把加载项复制到 XLSTART 文件夹")
    page.box(20, 20, 480, 130, PALE)
    page.box(32, 32, 456, 28, "#fff")
    page.words(42, 51, "%APPDATA%\\Microsoft\\Excel\\XLSTART", 13)
    page.box(48, 84, 20, 26, "#fff", GREEN)
    page.words(58, 102, "X", 13, GREEN, "middle")
    page.words(78, 102, "workbook_tools.xlam", 14)
    page.arrow(330, 98, 242, 98)
    page.words(340, 103, "复制到这里", 14, MARK)
    page.save("folder")


def ribbon() -> None:
    """The tab that Excel shows then."""
    page = Drawing(620, 240, "Excel 功能区中的“绩效校验”")
    page.box(20, 20, 580, 170, PALE)
    page.box(20, 20, 580, 34, GREEN, GREEN)
    for x, name in ((40, "文件"), (96, "开始"), (152, "插入"), (208, "审阅"), (264, "视图")):
        page.words(x, 43, name, 14, "#fff")
    page.box(312, 26, 92, 29, PALE, PALE)
    page.words(358, 45, "绩效校验", 14, GREEN, "middle")
    for x, name in ((50, "校验本表"), (150, "查看问题"), (250, "清除批注"), (400, "汇总文件夹")):
        page.box(x + 22, 72, 36, 36, "#fff", GREEN)
        page.words(x + 40, 132, name, 14, INK, "middle")
    page.words(190, 176, "本工作簿", 12, LINE, "middle")
    page.words(440, 176, "全县", 12, LINE, "middle")
    page.items.append(f'<line x1="362" y1="64" x2="362" y2="182" stroke="{LINE}"/>')
    page.save("ribbon")


if __name__ == "__main__":
    unblock()
    folder()
    ribbon()
