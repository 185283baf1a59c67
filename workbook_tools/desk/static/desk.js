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
  form.addEventListener("submit", () => {
    const button = form.querySelector("button");
    if (button) { button.disabled = true; button.textContent = "正在上传……"; }
  });
}

// Pages that the browser brings back from its memory have their buttons again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
