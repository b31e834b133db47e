// Links by selecting words of the text: the words become the evidence.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const place = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-s]");
    return piece && node.nodeType === Node.TEXT_NODE ? Number(piece.dataset.s) + [...node.data.slice(0, offset)].length : null;
  };
  const selected = () => {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const text = review.root.querySelector(".review-text");
    if (!text || !text.contains(range.commonAncestorContainer)) return null;
    const start = place(range.startContainer, range.startOffset);
    const words = range.toString();
    const trimmed = words.trim();
    if (start === null || !trimmed || trimmed.length > 500) return null;
    return { words: trimmed, start: start + [...words.slice(0, words.indexOf(trimmed))].length, box: range.getBoundingClientRect() };
  };
  document.addEventListener("selectionchange", () => {
    const tool = review.root.querySelector("[data-selection]");
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
  document.addEventListener("click", (event) => {
    const adding = event.target.closest("[data-add]");
    if (!adding) return;
    const tool = adding.closest("[data-selection]");
    const query = new URLSearchParams({ add: adding.dataset.add, words: tool.dataset.words, start: tool.dataset.start });
    getSelection().removeAllRanges();
    tool.hidden = true;
    review.want("#candidates button, .new-record button[name=create]");
    review.send(`${review.root.dataset.address}?${query}`, { after: () => review.root.querySelector(".add-link").scrollIntoView({ block: "start" }) });
  });
})();
