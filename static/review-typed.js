// What is typed on the review page and not saved survives a verdict, a reload, a lost session and another tab: it is kept
// in this browser (unsaved.js) and put back with a notice. A save made from an older state still carries that state's
// revision, so that the server shows the difference instead of writing over somebody's work.
"use strict";
(() => {
  const review = window.review;
  if (!review) return;
  const key = `${review.root.dataset.as}:article:${review.root.dataset.article}`;
  const typed = new Map(); // field of the story → what was typed and is not saved
  let editor = null; // the open short form: { query, fields by id }
  let query = location.search.slice(1); // what the short form was asked with
  let isKept = true;

  const form = () => review.root.querySelector("#facts");
  const fields = () => [...(form() ? form().elements : [])].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const isRefused = () => Boolean(form() && form().querySelector(".conflict, .errornote"));
  const value = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const isSaved = (field, now) => (field.type === "checkbox" ? field.defaultChecked === now
    : field.tagName === "SELECT" ? [...field.options].some((option) => option.defaultSelected && option.value === now)
      : field.defaultValue.replace(/\r\n?/g, "\n") === String(now).replace(/\r\n?/g, "\n"));
  const revision = () => form() && form().elements.namedItem("revision");

  let mine = revision() ? revision().value : ""; // the revision that what is typed was typed over

  // Another tab may keep other fields of the same story; what is saved or typed back is dropped.
  const keep = (dropped = []) => {
    const facts = { ...(window.unsaved.read(key) || {}).facts, ...Object.fromEntries(typed) };
    for (const name of dropped) if (!typed.has(name)) delete facts[name];
    if (!Object.keys(facts).length && !editor) return void window.unsaved.drop(key);
    isKept = window.unsaved.write(key, { revision: mine, facts, editor });
  };
  const note = (field) => {
    if (!isRefused() && isSaved(field, value(field))) typed.delete(field.name);
    else typed.set(field.name, value(field));
    field.classList.toggle("is-typed", typed.has(field.name));
    keep([field.name]);
  };

  const typeAgain = () => {
    for (const field of fields()) {
      if (typed.has(field.name)) {
        const words = typed.get(field.name);
        if (!isRefused() && isSaved(field, words)) typed.delete(field.name);
        if (field.type === "checkbox") field.checked = words;
        else if (value(field) !== words) field.value = words;
      }
      field.classList.toggle("is-typed", typed.has(field.name));
    }
    if (typed.size && revision() && revision().value !== mine) {
      revision().value = mine;
      review.root.querySelector("[data-kept-stale]").hidden = false;
    }
  };
  const tell = (at) => {
    const notice = review.root.querySelector("[data-kept]");
    notice.hidden = false;
    const time = notice.querySelector("[data-kept-at]");
    time.dateTime = new Date(at).toISOString();
    time.textContent = new Date(at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });
  };

  // The inside of the page is new. What was sent and taken is saved; what was typed meanwhile, or refused, is not.
  const replaced = ({ sent = null, body = null, isEditor = false }) => {
    if (sent && !isRefused()) for (const [name, words] of sent) if (typed.get(name) === words) typed.delete(name);
    const isOurs = body && !("stale" in review.root.dataset);
    if (revision() && (isOurs || !typed.size) && !isRefused()) mine = revision().value;
    typeAgain();
    const shown = review.root.querySelector("[data-editor]");
    if (isEditor && !shown) editor = null;
    keep([...(sent ? sent.keys() : [])]);
    if (editor && !shown) reopen();
  };
  const save = (body, { after = null } = {}) => {
    const sent = new Map(typed);
    const isPublishing = body.has("publish") || body.has("schedule") || body.has("submit");
    const onward = (to) => {
      window.unsaved.drop(key);
      typed.clear();
      location.assign(to);
    };
    review.send(review.root.dataset.address, { body, sent, onward, after: () => (!isRefused() && after ? after() : isPublishing && toLacking()) });
  };
  // Publishing that lacks something leads to the field where it is said.
  const toLacking = () => {
    const [source, date, none] = ["id_source_name", "id_dated", "id_date_missing"].map((id) => document.getElementById(id));
    if (!review.root.querySelector(".missing") || !source) return;
    if (!source.value.trim()) source.focus();
    else if (!date.value.trim() && !none.checked) date.focus();
  };
  const discard = () => {
    typed.clear();
    editor = null;
    window.unsaved.drop(key);
    review.send(review.root.dataset.address);
  };
  const reopen = () => {
    const kept = editor;
    review.send(`${review.root.dataset.address}?${kept.query}`, { after: () => {
      for (const [id, words] of Object.entries(kept.fields)) {
        const field = review.root.querySelector(`[data-editor] #${CSS.escape(id)}`);
        if (field) field.value = words;
      }
      if (!review.root.querySelector("[data-editor]")) { editor = null; keep(); }
    } });
  };

  for (const kind of ["input", "change"]) document.addEventListener(kind, (event) => {
    const field = event.target;
    if (field.form && field.form.id === "facts") return note(field);
    const form = field.closest && field.closest("[data-editor]");
    if (!form || !field.id || field.id === "id_find" || field.id === "id_kind") return undefined;
    const of = form.querySelector("[name=open], [name=add]");
    const asked = new URLSearchParams(form.querySelector("[data-finder]") ? new FormData(form.querySelector("[data-finder]")) : query);
    if (!of && !asked.has("open")) asked.set("open", form.querySelector("[name=correct]").value);
    editor = { query: String(asked), fields: { ...(editor && editor.query === String(asked) ? editor.fields : {}), [field.id]: field.value } };
    return keep();
  });
  document.addEventListener("click", (event) => {
    const leaving = event.target.closest("a[data-next], a[data-previous]");
    if (event.target.closest("[data-discard]")) discard();
    else if (event.target.closest(".conflict-choice a")) { event.preventDefault(); discard(); }
    else if (leaving && typed.size && !event.ctrlKey && !event.metaKey) {
      event.preventDefault(); // what was typed is saved on the way
      const body = new FormData(form());
      body.set("save", "1");
      save(body, { after: () => location.assign(leaving.href) });
    }
  });
  addEventListener("beforeunload", (event) => {
    if (!isKept && typed.size) event.preventDefault();
  });

  window.reviewTyped = { typeAgain, replaced, save };
  const kept = window.unsaved.read(key);
  if (kept) {
    for (const [name, words] of Object.entries(kept.facts || {})) typed.set(name, words);
    editor = kept.editor || null;
    mine = typed.size ? kept.revision : mine;
    typeAgain();
    if (typed.size) tell(kept.at);
    else mine = revision() ? revision().value : mine;
    if (editor) reopen();
    if (!typed.size && !editor) window.unsaved.drop(key);
  }
})();
