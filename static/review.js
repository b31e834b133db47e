// The review page made quick: verdicts without a reload, keys, evidence and proposal pointing at each other, links by
// selecting words. Every act is a button or link that works without this script.
"use strict";
(() => {
  const html = document.documentElement;
  html.classList.add("has-script");
  let root = document.getElementById("review");
  if (!root) return;
  let current = null; // the id of the proposal that the keys act on
  let busy = false;

  const lines = () => [...root.querySelectorAll(".line")];
  const line = (ref) => (ref ? document.getElementById(ref) : null);
  const marks = (ref) => [...root.querySelectorAll("mark")].filter((mark) => mark.dataset.refs.split(" ").includes(ref));
  const isTyping = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");

  // --- The current proposal and its evidence

  const point = (ref, { focus = false, showText = true, showLine = true } = {}) => {
    for (const element of root.querySelectorAll(".is-current")) element.classList.remove("is-current", "is-first");
    current = ref;
    const element = line(ref);
    if (!element) return;
    element.classList.add("is-current");
    if (focus) element.focus({ preventScroll: true });
    if (showLine) element.scrollIntoView({ block: "nearest" });
    const evidence = marks(ref);
    for (const mark of evidence) mark.classList.add("is-current");
    if (evidence.length) evidence[0].classList.add("is-first");
    if (showText && evidence.length && matchMedia("(min-width: 64rem)").matches) {
      const box = evidence[0].getBoundingClientRect();
      if (box.top < 120 || box.bottom > innerHeight - 40) evidence[0].scrollIntoView({ block: "center" });
    }
  };
  const move = (step) => {
    const all = lines();
    if (!all.length) return;
    const at = all.findIndex((element) => element.id === current);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
    point(all[next].id, { focus: true });
  };

  // --- Acts without a reload

  const typed = () => {
    const form = root.querySelector("#facts");
    const kept = new Map();
    for (const field of form ? form.elements : []) {
      if (!field.name || field.type === "hidden" || field.type === "submit") continue;
      const changed = field.type === "checkbox" ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? ![...field.options].every((option) => option.selected === option.defaultSelected)
        : field.value !== field.defaultValue;
      if (changed) kept.set(field.name, field.type === "checkbox" ? field.checked : field.value);
    }
    return kept;
  };
  const typeAgain = (kept) => {
    const form = root.querySelector("#facts");
    for (const [name, value] of kept) {
      const field = form && form.elements.namedItem(name);
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value;
      else field.value = value;
    }
  };

  const send = async (address, { body = null, keepsTyping = true, after = null } = {}) => {
    if (busy) return;
    busy = true;
    root.classList.add("is-busy");
    try {
      const response = await fetch(address, {
        method: body ? "POST" : "GET", body, headers: { "X-Partial": "review" }, credentials: "same-origin", redirect: "manual",
      });
      const answer = response.ok ? await response.text() : "";
      const fresh = new DOMParser().parseFromString(answer, "text/html").getElementById("review");
      if (!fresh) {
        // Signed out, refused or broken: the browser itself shows what the server says.
        busy = false;
        root.classList.remove("is-busy");
        alertOnce(response.status);
        return;
      }
      replace(fresh, keepsTyping);
      if (after) after();
    } catch (error) {
      alertOnce(0);
    } finally {
      busy = false;
      root.classList.remove("is-busy");
    }
  };
  const alertOnce = (status) => {
    const list = root.querySelector(".messagelist") || root.insertBefore(document.createElement("ul"), root.firstChild);
    list.className = "messagelist";
    const item = document.createElement("li");
    item.className = "error";
    item.textContent = root.dataset.failed + (status ? ` (${status})` : "");
    list.replaceChildren(item);
  };
  const replace = (fresh, keepsTyping) => {
    const kept = keepsTyping ? typed() : new Map();
    const panel = root.querySelector(".review-proposals");
    const scrolled = panel ? panel.scrollTop : 0;
    const before = lines().map((element) => element.id);
    const at = before.indexOf(current);
    document.querySelectorAll("main > .messagelist").forEach((list) => list.remove());
    root.replaceWith(fresh);
    root = fresh;
    measure();
    typeAgain(kept);
    const newPanel = root.querySelector(".review-proposals");
    if (newPanel) newPanel.scrollTop = scrolled;
    const left = new Set(lines().map((element) => element.id));
    const anchor = root.dataset.anchor;
    const next = left.has(anchor) ? anchor : left.has(current) ? current
      : before.slice(at + 1).find((id) => left.has(id)) || [...left].pop() || null;
    const editor = root.querySelector("[data-editor]");
    const refused = root.querySelector(".conflict, .errornote");
    if (next) point(next, { focus: !editor && !refused, showText: !refused });
    if (refused) refused.scrollIntoView({ block: "start" });
    if (editor) {
      editor.scrollIntoView({ block: "nearest" });
      const field = (wanted && editor.querySelector(wanted)) || editor.querySelector("#id_find, #id_value");
      if (field) {
        field.focus();
        if (field.id === "id_find") field.select();
        else if (field.setSelectionRange && field.type !== "checkbox") field.setSelectionRange(field.value.length, field.value.length);
      }
      wanted = "";
    }
  };
  let wanted = ""; // the field of the editor that is to have the focus

  // What sticks below the bar begins where the bar ends: in some languages it takes two lines.
  const measure = () => {
    const bar = root.querySelector(".review-bar");
    if (bar) html.style.setProperty("--bar", `${bar.offsetHeight}px`);
  };
  addEventListener("resize", measure);
  measure();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!root.contains(form)) return;
    event.preventDefault();
    const button = event.submitter;
    const isFacts = form.id === "facts";
    if (form.method === "get") {
      const query = new URLSearchParams(new FormData(form, button));
      send(`${root.dataset.address}?${query}`);
      return;
    }
    const body = new FormData(form, button);
    send(root.dataset.address, { body, keepsTyping: !isFacts });
  });
  document.addEventListener("click", (event) => {
    if (!root.contains(event.target) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const edit = event.target.closest("a.edit");
    const close = event.target.closest("a[data-close]");
    if (edit || close) {
      event.preventDefault();
      const address = new URL((edit || close).href);
      if (edit) point(edit.closest(".line").id, { showLine: false });
      send(address.pathname + address.search);
      return;
    }
    const mark = event.target.closest("mark");
    if (mark && getSelection().isCollapsed) {
      const ref = mark.dataset.refs.split(" ").find((id) => lines().some((element) => element.id === id)) || mark.dataset.refs.split(" ")[0];
      point(ref, { focus: true, showText: false });
      return;
    }
    const chosen = event.target.closest(".line, .line-judged");
    if (chosen && !event.target.closest("button, a, input, select, textarea, summary, label")) point(chosen.id, { focus: true });
    const adding = event.target.closest("[data-add]");
    if (adding) addSelected(adding.dataset.add);
  });
  // While a button is held down nothing may move under it: its click would be lost.
  let held = false;
  addEventListener("pointerdown", () => { held = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { held = false; }, true);
  document.addEventListener("focusin", (event) => {
    const chosen = root.contains(event.target) && event.target.closest(".line");
    if (chosen && chosen.id !== current) point(chosen.id, { showLine: false, showText: !held });
  });

  // Finding in the register while one types, and another kind at once.
  let waiting = 0;
  document.addEventListener("input", (event) => {
    const finder = event.target.closest("[data-finder]");
    if (!finder) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => find(finder), 200);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "id_kind") event.target.form.requestSubmit();
  });
  const find = async (finder) => {
    const query = new URLSearchParams(new FormData(finder));
    const response = await fetch(`${root.dataset.address}?${query}`, { headers: { "X-Partial": "review" }, credentials: "same-origin", redirect: "manual" });
    if (!response.ok || !document.contains(finder)) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#candidates");
    const shown = root.querySelector("#candidates");
    if (fresh && shown) shown.replaceWith(fresh);
  };

  // --- Links by selecting words

  const place = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    return piece && node.nodeType === Node.TEXT_NODE ? Number(piece.dataset.s) + [...node.data.slice(0, offset)].length : null;
  };
  const selected = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const text = root.querySelector(".review-text");
    if (!text || !text.contains(range.commonAncestorContainer)) return null;
    const start = place(range.startContainer, range.startOffset);
    const words = range.toString();
    const trimmed = words.trim();
    if (start === null || !trimmed || trimmed.length > 500) return null;
    return { words: trimmed, start: start + [...words.slice(0, words.indexOf(trimmed))].length, box: range.getBoundingClientRect() };
  };
  document.addEventListener("selectionchange", () => {
    const tool = root.querySelector("[data-selection]");
    const found = selected();
    if (!tool) return;
    if (!found) { if (!tool.contains(document.activeElement)) tool.hidden = true; return; }
    tool.hidden = false;
    const frame = tool.offsetParent ? tool.offsetParent.getBoundingClientRect() : { left: 0, top: 0 };
    tool.style.left = `${Math.max(4, Math.min(found.box.left, innerWidth - tool.offsetWidth - 8) - frame.left)}px`;
    tool.style.top = `${found.box.bottom - frame.top + 6}px`;
    tool.dataset.words = found.words;
    tool.dataset.start = found.start;
  });
  const addSelected = (kind) => {
    const tool = root.querySelector("[data-selection]");
    const query = new URLSearchParams({ add: kind, words: tool.dataset.words, start: tool.dataset.start });
    getSelection().removeAllRanges();
    tool.hidden = true;
    wanted = "#candidates button";
    send(`${root.dataset.address}?${query}`, { after: () => root.querySelector(".add-link").scrollIntoView({ block: "start" }) });
  };

  // --- Keys

  const press = (selector) => {
    const button = root.querySelector(selector);
    if (button) button.click();
    return Boolean(button);
  };
  const onLine = (selector, field = "") => {
    if (!line(current) && lines()[0]) point(lines()[0].id);
    const button = line(current) && line(current).querySelector(selector);
    if (button) { wanted = field; button.click(); }
  };
  const help = () => {
    const sheet = root.querySelector(".keys");
    if (sheet) sheet.open = !sheet.open;
  };
  const keys = {
    j: () => move(1), ArrowDown: () => move(1), k: () => move(-1), ArrowUp: () => move(-1),
    a: () => onLine("button.accept"), r: () => onLine("button.reject"),
    e: () => onLine("a.edit", ".new-record input:not([type=hidden]), .new-record textarea"),
    t: () => onLine("a.edit"), b: () => onLine("button.about"),
    A: () => press("button[name=accept_above]"), u: () => press("button[name=undo][value=last]"),
    p: () => press("button[name=publish], button[name=submit]"),
    n: () => { const next = root.querySelector("a[data-next]"); if (next) location.assign(next.href); },
    "?": help,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      const close = root.querySelector("a[data-close]");
      const open = root.querySelector(".review-acts details[open]");
      if (open) open.open = false;
      else if (close) close.click();
      return;
    }
    if (isTyping(event.target)) return;
    const inList = event.target.closest("button, a, summary");
    if (event.key.startsWith("Arrow") && inList && !inList.closest(".line")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  // Words typed about the story are not left behind by mistake.
  addEventListener("beforeunload", (event) => {
    if (typed().size) event.preventDefault();
  });

  if (lines().length && !location.hash) point(lines()[0].id, { showText: false, showLine: false });
  else if (location.hash.startsWith("#p")) point(location.hash.slice(1), { focus: true });
})();
