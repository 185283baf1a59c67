// The pages do without this file. With it, a drop anywhere on a drop zone is taken, whole folders too,
// and what was chosen is told before it is sent.
"use strict";

for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector("input[type=file]");
  const told = form.querySelector("[data-chosen]");
  const zone = form.querySelector(".drop");

  const tell = () => {
    const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
    if (!told) return;
    told.textContent = files.length === 0 ? "" :
      files.length === 1 ? `已选择：${files[0].name}` : `已选择 ${files.length} 个文件，第一个是 ${files[0].name}`;
  };

  const filesOf = (entry) => new Promise((resolve) => {
    if (entry.isFile) {
      const place = entry.fullPath.replace(/^\//, "");
      const placed = (file) => resolve([new File([file], place, {lastModified: file.lastModified})]);
      entry.file(placed, () => resolve([]));
      return;
    }
    const reader = entry.createReader();
    const found = [];
    const more = () => reader.readEntries(async (entries) => {
      if (entries.length === 0) { resolve((await Promise.all(found)).flat()); return; }
      found.push(...entries.map(filesOf));
      more();
    }, () => resolve([]));
    more();
  });

  form.addEventListener("change", tell);
  if (zone && input) {
    for (const name of ["dragenter", "dragover"]) {
      zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
    }
    zone.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      zone.classList.remove("over");
      const entries = [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean);
      const loose = [...event.dataTransfer.files]; // gone after the first await
      const files = entries.length ? (await Promise.all(entries.map(filesOf))).flat() : loose;
      const kept = new DataTransfer();
      for (const file of input.multiple ? files : files.slice(0, 1)) kept.items.add(file);
      input.files = kept.files;
      tell();
    });
  }
}

// A button that was pressed says so. Where a page follows it goes with its own; where a file is saved
// the page stays, and the button comes back.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  const sends = event.target.matches("[data-drop]");
  const label = button?.textContent;
  if (button) setTimeout(() => {
    button.disabled = true; // not before what it stands for is on its way
    button.textContent = sends ? "正在上传……" : "请稍候……";
  });
  if (button && !sends) setTimeout(() => { button.disabled = false; button.textContent = label; }, 3000);
});

// A file that took a while is saved as soon as it is there, without another press.
document.addEventListener("htmx:load", (event) => {
  const file = event.detail.elt !== document.body && event.detail.elt.querySelector("a[data-file]");
  if (file) location.assign(file.href);
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Pages that the browser brings back from its memory have their buttons again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
