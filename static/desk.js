// The intake page: files may be dropped anywhere on it. Without this script they are chosen.
"use strict";
(() => {
  const zone = document.querySelector("[data-drop-zone]");
  const input = zone && zone.querySelector("input[type=file]");
  if (!input || !("DataTransfer" in window)) return;
  zone.querySelector(".drop-hint").hidden = false;
  const holdsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  let depth = 0;
  addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    zone.classList.add("is-over");
  });
  addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) zone.classList.remove("is-over");
  });
  addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    depth = 0;
    zone.classList.remove("is-over");
    if (!holdsFiles(event) || !event.dataTransfer.files.length) return;
    event.preventDefault();
    const all = new DataTransfer();
    for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
    input.files = all.files;
  });
})();
