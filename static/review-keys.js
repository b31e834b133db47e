// The keys of the review page, the same on every keyboard: where a layout has no Latin letters, by the key's place.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const isTyping = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const letter = (event) => {
    if (/^[a-z?*]$/i.test(event.key) || event.key.length > 1) return event.key;
    const place = /^Key([A-Z])$/.exec(event.code);
    return place ? (event.shiftKey ? place[1] : place[1].toLowerCase()) : event.key;
  };
  const find = (selector) => review.root.querySelector(selector);
  const press = (selector) => {
    const button = find(selector);
    if (button) button.click();
    return Boolean(button);
  };
  const onLine = (selector, field = "") => {
    if (!review.line(review.current) && review.lines()[0]) review.point(review.lines()[0].id);
    const button = review.line(review.current) && review.line(review.current).querySelector(selector);
    if (!button) return;
    review.want(field);
    button.click();
  };
  const undo = () => {
    const line = review.line(review.current);
    if (line && line.matches(".line-judged") && line.contains(document.activeElement)) onLine("button.undo");
    else press("button[name=undo][value=last]");
  };
  const addLink = () => {
    const tool = find("[data-selection]");
    if (!tool.hidden) return void tool.querySelector("button").focus();
    const folded = find(".add-link details");
    if (folded) folded.open = true;
    const words = find("#id_words");
    if (words) words.focus();
  };
  const toField = (id) => () => {
    const field = document.getElementById(id);
    field.focus();
    if (field.select) field.select();
  };
  const noDate = () => document.getElementById("id_date_missing").click();
  const sheet = () => {
    const keys = find(".keys");
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  };
  const keys = {
    j: () => review.move(1), ArrowDown: () => review.move(1), k: () => review.move(-1), ArrowUp: () => review.move(-1),
    a: () => onLine("button.accept"), r: () => onLine("button.reject"),
    e: () => onLine("a.edit, button.change", ".new-record input:not([type=hidden]), .new-record textarea"),
    t: () => onLine("a.edit, button.change"), o: () => onLine("a.target"), b: () => onLine("button.about"), g: review.toEvidence,
    A: () => press("button[name=accept_above]"), "*": () => press("button[name=accept_all]") || press("button[name=accept_above]"),
    u: undo, l: addLink, s: toField("id_source_name"), d: toField("id_dated"), D: noDate,
    p: () => press("button[name=publish], button[name=submit]"),
    n: () => press("a[data-next]"), N: () => press("a[data-previous]"), "?": sheet,
  };
  const escape = (event) => {
    const open = find(".review-acts details[open]");
    const close = find("a[data-close]");
    const tool = find("[data-selection]");
    if (open) { open.open = false; open.querySelector("summary").focus(); }
    else if (!tool.hidden) { getSelection().removeAllRanges(); tool.hidden = true; }
    else if (close) close.click();
    else if (isTyping(event.target) || event.target.closest("mark")) {
      event.target.blur();
      if (review.line(review.current)) review.point(review.current, { focus: true, showText: false });
    }
  };
  // In the short form: from the field through the found records and back.
  const inEditor = (event) => {
    const found = [...review.root.querySelectorAll("#candidates button")];
    const at = found.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isFinder = event.target.id === "id_find";
    if (isFinder && (step === 1 || event.key === "Enter") && found.length) found[0].focus();
    else if (at >= 0 && step) (found[at + step] || (step < 0 ? find("#id_find") : found[at])).focus();
    else return false;
    event.preventDefault();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      const own = event.target.closest("[data-editor]");
      if (event.key === "Enter") {
        event.preventDefault();
        if (own) own.querySelector("button[name=create], button[name=correct], #candidates button").click();
        else keys.p();
      } else if (letter(event).toLowerCase() === "s" && !event.shiftKey) {
        event.preventDefault();
        press("button[name=save]");
      }
      return;
    }
    if (event.key === "Escape") return void escape(event);
    if (inEditor(event) || isTyping(event.target)) return;
    const mark = event.target.closest("mark");
    if (mark && event.key === "Enter") return void review.point(review.current, { focus: true, showText: false });
    const inList = event.target.closest("button, a, summary");
    if (event.key.startsWith("Arrow") && inList && !inList.closest(".line, .line-judged")) return;
    const act = Object.hasOwn(keys, letter(event)) && keys[letter(event)];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
