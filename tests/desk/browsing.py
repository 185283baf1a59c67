"""What a person does in a browser: comes in, follows a control, saves a file, looks at a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.desk.running import Desk

SIZES = {"screen": (1366, 768), "phone": (390, 844)}
LONGEST = 120_000  # milliseconds; a hang is a failure, whatever the load
expect.set_options(timeout=LONGEST)

# The least contrast between a text and what is behind it, over all texts of the page.
FAINT = """() => {
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const layers = [];
    for (let one = element; one; one = one.parentElement) {
      const colour = rgb(getComputedStyle(one).backgroundColor);
      const alpha = colour.length > 3 ? colour[3] : 1;
      if (alpha > 0) layers.push([...colour.slice(0, 3), alpha]);
      if (alpha === 1) break;
    }
    return layers.reverse().reduce(
      (under, [r, g, b, a]) => [r, g, b].map((v, i) => v * a + under[i] * (1 - a)),
      [255, 255, 255]);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push([ratio.toFixed(2), walker.currentNode.data.trim().slice(0, 30)]);
  }
  return faint;
}"""


def entered(browser: Browser, running: Desk, *, script: bool = True, size: str = "screen") -> Page:
    """A window of its own, come in by the address that the program gave."""
    page = window(browser, script=script, size=size)
    page.goto(running.address)
    return page


def window(browser: Browser, *, script: bool = True, size: str = "screen") -> Page:
    """A window with cookies of its own."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script, locale="zh-CN"
    )
    page = context.new_page()
    page.set_default_timeout(LONGEST)
    return page


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """Press a button once and save the file, which comes by itself also where it takes a while."""
    with page.expect_download(timeout=LONGEST) as waiting:
        page.get_by_role("button", name=button).click(no_wait_after=True)
    return saved(waiting.value, folder)


def linked(page: Page, link: str, folder: Path) -> Path:
    """Save what a link gives."""
    with page.expect_download(timeout=LONGEST) as waiting:
        page.get_by_role("link", name=link).click(no_wait_after=True)
    return saved(waiting.value, folder)


def saved(download: Download, folder: Path) -> Path:
    """A download in a folder, under the name that it came with."""
    path = folder / download.suggested_filename
    download.save_as(path)
    return path


def led_on(page: Page, control: Locator) -> None:
    """Follow a control to its page, and be there: between two pages there is none to look at."""
    with page.expect_navigation():
        control.click()


def looked_at(page: Page) -> None:
    """Hold a page against what every page is held against, on a screen and on a phone."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
        assert page.evaluate(FAINT) == [], page.url
