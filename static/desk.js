// The intake page: files may be dropped anywhere on it, Ctrl+Enter takes in, and what is pasted is kept in this browser
// until it is taken in. Without this script files are chosen, and a button takes in.
"use strict";
(() => {
  const form = document.querySelector("[data-intake]");
  if (!form) return;
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  const key = `${document.querySelector("[data-user]").dataset.user}:intake`;
  const fields = [...form.elements].filter((field) => field.matches("textarea, input:not([type=hidden]):not([type=file])"));
  const keep = (isSent) => {
    const typed = Object.fromEntries(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    if (Object.keys(typed).length) window.unsaved.write(key, { typed, isSent });
    else window.unsaved.drop(key);
  };
  const kept = window.unsaved.read(key);
  const isAnswered = document.querySelector(".outcomes") || fields.some((field) => field.value);
  if (kept && isAnswered) window.unsaved.drop(key);
  else if (kept) {
    for (const field of fields) field.value = kept.typed[field.name] || "";
    const notice = document.querySelector("[data-kept]");
    notice.hidden = false;
    notice.querySelector("[data-discard]").addEventListener("click", () => {
      window.unsaved.drop(key);
      form.reset();
      notice.hidden = true;
      document.getElementById("id_text").focus();
    });
  }
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
})();
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
