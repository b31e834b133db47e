// The review page made quick: verdicts without a reload, evidence and proposal pointing at each other. Every act is a
// button or link that works without this script. Keys are in review-keys.js, links by selecting in review-select.js,
// what is typed about the story in review-typed.js.
"use strict";
(() => {
  const html = document.documentElement;
  html.classList.add("has-script");
  let root = document.getElementById("review");
  if (!root) return;
  let current = null; // the id of the line that the keys act on
  let acts = 0; // sent and not answered yet
  let last = Promise.resolve();

  const isSeen = (element) => element.getClientRects().length > 0;
  const openLines = () => [...root.querySelectorAll(".line")];
  const lines = () => [...root.querySelectorAll(".line, .line-judged")].filter(isSeen);
  const line = (ref) => (ref ? document.getElementById(ref) : null);
  const refsOf = (mark) => mark.dataset.refs.split(" ");
  const marks = (ref) => [...root.querySelectorAll("mark")].filter((mark) => refsOf(mark).includes(ref));
  // One place may stand in several pieces, where a shorter one lies within it: a sentence with its countries.
  const goesOn = (mark, ref) => {
    const before = mark.previousSibling;
    return before !== null && before.nodeName === "MARK" && refsOf(before).includes(ref);
  };
  const kindOf = (mark) => mark.className.split(" ").find((name) => name.startsWith("mark-")).slice(5);

  // --- The current line and its evidence

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
    const first = evidence.filter((_mark, at) => evidence.slice(1, at + 1).every((one) => goesOn(one, ref)));
    for (const mark of first) mark.classList.add("is-first");
    if (first.length) root.dataset.lit = kindOf(first.find((mark) => mark.dataset.refs === ref) || first[0]);
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
  // From the line to its evidence in the text, and on to the next place; from there back to the line.
  const toEvidence = () => {
    const evidence = marks(current).filter((mark) => !goesOn(mark, current));
    if (!evidence.length) return;
    const next = evidence[(evidence.indexOf(document.activeElement) + 1) % evidence.length];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  };
  const hint = (refs) => {
    for (const element of root.querySelectorAll(".is-hinted")) element.classList.remove("is-hinted");
    for (const ref of refs) for (const element of [line(ref), ...marks(ref)]) if (element) element.classList.add("is-hinted");
  };
  document.addEventListener("pointerover", (event) => {
    const over = root.contains(event.target) && event.target.closest("mark, .line, .line-judged");
    hint(!over ? [] : over.matches("mark") ? refsOf(over) : [over.id]);
  });
  const ofMark = (mark) => refsOf(mark).find((ref) => line(ref) && line(ref).matches(".line")) || refsOf(mark)[0];

  // While a button is held down nothing may move under it: its click would be lost.
  let held = false;
  addEventListener("pointerdown", () => { held = true; }, true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { held = false; }, true);
  document.addEventListener("focusin", (event) => {
    if (!root.contains(event.target)) return;
    const mark = event.target.closest("mark");
    const chosen = event.target.closest(".line, .line-judged");
    if (mark && !refsOf(mark).includes(current)) point(ofMark(mark), { showText: false, showLine: !held });
    else if (chosen && chosen.id !== current) point(chosen.id, { showLine: false, showText: !held });
  });

  // --- Acts without a reload

  const trouble = (kind) => {
    const item = root.querySelector(`template[data-trouble="${kind}"]`).content.cloneNode(true);
    const list = root.querySelector(".messagelist") || root.insertBefore(document.createElement("ul"), root.firstChild);
    list.className = "messagelist";
    list.setAttribute("role", "status");
    list.replaceChildren(item);
    list.scrollIntoView({ block: "nearest" });
  };
  const ask = (address, { body, partial, headers }) => {
    const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (body && token) body.set("csrfmiddlewaretoken", token[1]); // after signing in again it is another one
    const all = { "X-Partial": partial, "X-As": root.dataset.as, ...headers };
    if (body) all["X-State"] = root.dataset.state;
    return fetch(address, { method: body ? "POST" : "GET", body, headers: all, credentials: "same-origin", redirect: "manual" });
  };
  const perform = async (address, options) => {
    let response, answer;
    try {
      response = await ask(address, options);
      answer = response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
    } catch (error) {
      return trouble("failed");
    }
    const onward = response.headers.get("X-Onward");
    const fresh = answer && answer.getElementById("review");
    const changes = answer && answer.getElementById("changes");
    if (onward) return options.onward(onward);
    if (response.status === 204) return null;
    if (!fresh && !changes) return trouble(response.type === "opaqueredirect" ? "out" : response.status === 409 ? "other" : "failed");
    if (changes) apply(changes);
    else if (options.isCheck && isBusyHere()) trouble("elsewhere");
    else replace(fresh, options);
    if (options.after) options.after();
    if (options.body) announce();
    return null;
  };
  // One after the other: the next verdict may be pressed while the last one is under way.
  const send = (address, { body = null, partial = "review", headers = {}, onward = (to) => location.assign(to), ...rest } = {}) => {
    acts += 1;
    root.classList.add("is-busy");
    const done = () => {
      acts -= 1;
      for (const element of root.querySelectorAll(".is-leaving")) if (!acts) element.classList.remove("is-leaving");
      if (!acts) root.classList.remove("is-busy");
    };
    last = last.then(() => perform(address, { body, partial, headers, onward, ...rest })).finally(done);
    return last;
  };

  const apply = (changes) => {
    const before = here();
    const isOpen = [...root.querySelectorAll("details[open]")].map((one) => one.closest("[id]").id + one.className);
    for (const ref of changes.dataset.gone.split(" ")) if (line(ref)) line(ref).remove();
    for (const list of changes.querySelectorAll(":scope > ol")) {
      const item = list.firstElementChild;
      if (line(item.id)) line(item.id).remove();
      root.querySelector("#open-lines").insertBefore(item, line(list.dataset.before));
    }
    root.querySelector(".messagelist")?.remove();
    root.prepend(changes.querySelector(".messagelist"));
    for (const part of changes.querySelectorAll(":scope > [id]")) document.getElementById(part.id)?.replaceWith(part);
    for (const one of root.querySelectorAll("details")) one.open ||= isOpen.includes(one.closest("[id]").id + one.className);
    root.dataset.state = changes.dataset.state;
    root.dataset.anchor = changes.dataset.anchor;
    if (acts > 1) root.classList.add("is-busy");
    measure();
    window.reviewTyped.typeAgain();
    goOn(before);
  };
  const replace = (fresh, options) => {
    const panel = root.querySelector(".review-proposals");
    const [scrolled, before] = [panel ? panel.scrollTop : 0, here()];
    const field = document.activeElement && document.activeElement.form && document.activeElement.form.id === "facts" ? document.activeElement.id : "";
    document.querySelectorAll("main > .messagelist").forEach((list) => list.remove());
    root.replaceWith(fresh);
    root = fresh;
    if (acts > 1) root.classList.add("is-busy");
    measure();
    window.reviewTyped.replaced(options);
    const newPanel = root.querySelector(".review-proposals");
    if (newPanel) newPanel.scrollTop = scrolled;
    const refused = root.querySelector(".conflict, .errornote");
    const editor = root.querySelector("[data-editor]");
    if (refused) refused.scrollIntoView({ block: "start" });
    else if (field && document.getElementById(field)) document.getElementById(field).focus({ preventScroll: true });
    else goOn(before, !editor);
    if (editor) enter(editor);
  };
  const next = (ref) => {
    const open = openLines().filter((element) => !element.classList.contains("is-leaving"));
    const at = openLines().findIndex((element) => element.id === ref);
    const after = openLines().slice(at + 1).find((element) => open.includes(element)) || open[open.length - 1];
    return after ? after.id : null;
  };
  const here = () => ({ ref: current, isOpen: Boolean(line(current) && line(current).matches(".line")), following: next(current) });
  // After an act: to the line that it opened again, else to where one was, else to what is to be judged next.
  const goOn = ({ ref, isOpen, following }, focus = true) => {
    const isToJudge = (id) => line(id) && line(id).matches(".line:not(.is-leaving)");
    const stays = line(ref) && (isToJudge(ref) || !isOpen);
    const at = isToJudge(root.dataset.anchor) ? root.dataset.anchor : stays ? ref : isToJudge(following) ? following : next(following);
    const isElsewhere = document.activeElement !== document.body && !document.activeElement.closest(".line, .line-judged, .review-acts");
    if (at) point(at, { focus: focus && !isElsewhere });
    else if (focus && !isElsewhere) root.querySelector("#open-head").focus({ preventScroll: true });
  };
  const enter = (editor) => {
    const isTall = editor.offsetHeight > editor.closest(".review-proposals").clientHeight - 160;
    editor.scrollIntoView({ block: isTall ? "start" : "nearest" }); // of a tall one the beginning is seen
    const field = (wanted && editor.querySelector(wanted)) || editor.querySelector("#id_find, #id_value");
    wanted = "";
    if (!field) return;
    field.focus();
    if (field.id === "id_find") field.select();
    else if (field.setSelectionRange && field.type !== "checkbox") field.setSelectionRange(field.value.length, field.value.length);
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
    if (form.method === "get") return void send(`${root.dataset.address}?${new URLSearchParams(new FormData(form, button))}`);
    const body = new FormData(form, button);
    if (form.id === "facts") return void window.reviewTyped.save(body);
    if (form.id !== "verdicts") return void send(root.dataset.address, { body, isEditor: true });
    const judged = button && button.closest(".line");
    if (judged && ["accept", "reject"].includes(button.name)) {
      judged.classList.add("is-leaving");
      root.dataset.anchor = "";
      if (next(judged.id)) point(next(judged.id), { focus: true });
    }
    send(root.dataset.address, { body, partial: button && button.name === "change" ? "review" : "verdict" });
  });
  document.addEventListener("click", (event) => {
    if (!root.contains(event.target) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const edit = event.target.closest("a.edit");
    const close = event.target.closest("a[data-close]");
    if (edit || close) {
      event.preventDefault();
      const address = new URL((edit || close).href);
      if (edit) point(edit.closest(".line").id, { showLine: false });
      send(address.pathname + address.search, { isEditor: Boolean(close) });
      return;
    }
    if (event.target.closest("[data-refresh]")) return void send(root.dataset.address);
    const mark = event.target.closest("mark");
    if (mark && getSelection().isCollapsed) return void point(ofMark(mark), { focus: true, showText: false });
    const chosen = event.target.closest(".line, .line-judged");
    if (chosen && !event.target.closest("button, a, input, select, textarea, summary, label")) point(chosen.id, { focus: true });
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
    const response = await ask(`${root.dataset.address}?${new URLSearchParams(new FormData(finder))}`, { partial: "review" });
    if (!response.ok || !document.contains(finder)) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("#candidates");
    const shown = root.querySelector("#candidates");
    if (fresh && shown) shown.replaceWith(fresh);
  };

  // --- Other tabs: what is done in one shows in the others, and what somebody else did shows on coming back

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("entente-review") : null;
  const announce = () => channel && channel.postMessage({ article: root.dataset.article, state: root.dataset.state });
  const isBusyHere = () => Boolean(root.querySelector("[data-editor]")) || !getSelection().isCollapsed;
  const check = () => {
    if (!acts) send(root.dataset.address, { headers: { "X-Unless": root.dataset.state }, isCheck: true });
  };
  let soon = 0;
  if (channel) channel.addEventListener("message", ({ data }) => {
    if (data.article !== root.dataset.article || data.state === root.dataset.state) return;
    clearTimeout(soon);
    soon = setTimeout(check, 150);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });

  window.review = {
    send, point, move, toEvidence, lines, line, openLines,
    get root() { return root; },
    get current() { return current; },
    want: (selector) => { wanted = selector; },
  };
  // A text that was taken in stands on this page: the intake page need not keep it any more.
  const pasted = window.unsaved.read(`${root.dataset.as}:intake`);
  if (pasted && pasted.isSent) window.unsaved.drop(`${root.dataset.as}:intake`);
  document.addEventListener("DOMContentLoaded", () => {
    if (openLines().length && !location.hash) point(openLines()[0].id, { showText: false, showLine: false });
    else if (/^#[pm]\d+$/.test(location.hash)) point(location.hash.slice(1), { focus: true });
  });
})();
