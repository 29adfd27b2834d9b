/* Keys, selected words and keeping at the reading desk. Without this file the desk works by its radio buttons and fields. */
(() => {
  "use strict";
  const form = document.getElementById("reading_form");
  if (!form) return;
  const paper = document.getElementById("paper");
  const blank = document.getElementById("blank");
  const status = form.querySelector(".status");
  const KEYS = { v: "voiced", r: "recalled", b: "background", a: "absent" };
  const STORED = new Set(["voiced", "recalled"]);
  const MOST_WORDS = 8;
  let current = null;
  let taken = null;

  const rows = () => [...form.querySelectorAll("li.row")].filter((row) => !row.hidden);
  const field = (row, name) => form.elements.namedItem(`${row.dataset.row}-${name}`);
  const radio = (row, value) => row.querySelector(`.keys input[value="${value}"]`);
  const tell = (name) => { status.textContent = name ? status.dataset[name] : ""; };

  const hold = (row) => (row.querySelector(".keys input:checked") || row.querySelector(".keys input")).focus({ preventScroll: true });

  function go(row) {
    if (!row) return;
    hold(row);
    row.scrollIntoView({ block: "nearest" });
  }

  function enter(row) {
    if (current === row) return;
    if (current) current.classList.remove("current");
    current = row;
    current.classList.add("current");
    for (const line of paper.querySelectorAll(".here")) line.classList.remove("here");
    const number = field(row, "line");
    const line = number && number.value && document.getElementById(`line-${number.value}`);
    if (!line) return;
    line.classList.add("here");
    // Only the text scrolls, and only where it scrolls apart from the page.
    if (paper.scrollHeight > paper.clientHeight) {
      const gone = line.getBoundingClientRect().top - paper.getBoundingClientRect().top;
      if (gone < 0 || gone > paper.clientHeight - 80) paper.scrollTop += gone - 60;
    }
  }

  function next(row, step) {
    const all = rows();
    go(all[all.indexOf(row) + step]);
  }

  /* A row that the text does not name has no fields until it is said to have come up. */
  function open(row) {
    const details = row.querySelector(".details");
    if (details.firstElementChild) return;
    const copy = blank.content.cloneNode(true);
    for (const element of copy.querySelectorAll("[name], [for], [id]")) {
      for (const name of ["name", "for", "id"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace("__prefix__", row.dataset.row));
      }
    }
    details.append(copy);
  }

  function show(row) {
    const chosen = row.querySelector(".keys input:checked");
    const stored = chosen !== null && STORED.has(chosen.value);
    if (stored) open(row);
    row.classList.toggle("decided", chosen !== null);
    row.classList.toggle("closed", chosen !== null && !stored);
  }

  function choose(row, value) {
    radio(row, value).checked = true;
    radio(row, value).focus({ preventScroll: true });
    show(row);
    if (STORED.has(value) && taken) use(row);
    later();
  }

  /* The words that are selected in one paragraph of the text, with its number. */
  function selected() {
    const selection = window.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const line = range.startContainer.parentElement.closest("[data-line]");
    if (!line || !paper.contains(line)) return null;
    const words = selection.toString().trim().split(/\s+/).filter(Boolean);
    return words.length ? { words, line: line.dataset.line } : null;
  }

  function use(row) {
    const { words, line } = taken;
    if (words.length > MOST_WORDS) { tell("long"); return; }
    open(row);
    field(row, "phrase").value = words.join(" ");
    field(row, "line").value = line;
    // What was taken is no longer selected: it would be taken again for the next row.
    taken = null;
    window.getSelection().removeAllRanges();
    tell("");
    later();
  }

  function take() {
    const found = selected();
    if (!found) return;
    taken = found;
    const chosen = current && current.querySelector(".keys input:checked");
    if (!current) tell("row");
    else if (chosen && STORED.has(chosen.value)) use(current);
    else tell(found.words.length > MOST_WORDS ? "long" : "");
    // The hand is back in the row, where the next key is pressed.
    if (current) hold(current);
  }

  /* What was typed is kept a moment after the last change, and once more when the page is left. */
  let waiting = 0;
  let leaving = false;
  const sent = () => { const data = new FormData(form); data.append("_later", "1"); return data; };
  function later() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(store, 1500);
  }
  async function store() {
    if (leaving) return;
    waiting = 0;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent(), headers: { "X-Quietly": "1" }, redirect: "error" });
      tell(answer.ok ? "kept" : "unkept");
    } catch {
      if (!leaving) tell("unkept");
    }
  }
  window.addEventListener("pagehide", () => { if (waiting && !leaving) navigator.sendBeacon(form.action, sent()); });
  form.addEventListener("submit", () => { leaving = true; window.clearTimeout(waiting); });
  form.addEventListener("input", later);

  form.addEventListener("change", (event) => {
    const row = event.target.closest("li.row");
    if (row && event.target.type === "radio") {
      show(row);
      if (taken && STORED.has(event.target.value)) use(row);
    }
  });
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("li.row");
    if (row) enter(row);
  });

  form.addEventListener("keydown", (event) => {
    const row = event.target.closest("li.row");
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!["radio", "checkbox"].includes(event.target.type)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      next(row, event.key === "ArrowDown" ? 1 : -1);
    } else if (KEYS[event.key]) {
      choose(row, KEYS[event.key]);
      // Nothing more is asked of these two.
      if (!STORED.has(KEYS[event.key])) next(row, 1);
    } else if (event.key === "c" && STORED.has(row.querySelector(".keys input:checked")?.value)) {
      field(row, "confirmed").checked = true;
      later();
      next(row, 1);
    } else {
      return;
    }
    event.preventDefault();
  });

  /* Words are taken when the mouse was drawn over the text, or pressed twice on a word; pressed once on a name it leads to its row. */
  let pressed = null;
  let drawn = false;
  paper.addEventListener("mousedown", (event) => {
    pressed = event;
    drawn = false;
    taken = null;
    // A browser would drag the words that are selected, instead of selecting some of them.
    if (!event.shiftKey) window.getSelection().removeAllRanges();
  });
  document.addEventListener("mouseup", (event) => {
    if (!pressed) return;
    drawn = event.detail > 1 || Math.hypot(event.clientX - pressed.clientX, event.clientY - pressed.clientY) > 3;
    pressed = null;
    if (drawn) window.setTimeout(take, 0);
  });
  paper.addEventListener("click", (event) => {
    const hit = event.target.closest("a.hit");
    if (!hit) return;
    event.preventDefault();
    if (!drawn || event.detail === 0) go(document.querySelector(hit.getAttribute("href")));
  });
  paper.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("keyup", (event) => { if (event.key === "Shift") take(); });

  const find = document.getElementById("find");
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLocaleLowerCase();
    for (const row of form.querySelectorAll(".others li.row")) {
      row.hidden = !row.querySelector(".name").textContent.toLocaleLowerCase().includes(wanted);
    }
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); go(form.querySelector(".others li.row:not([hidden])")); } });

  const name = document.getElementById("id_new-name");
  const button = form.querySelector("[data-take]");
  if (button) {
    button.hidden = false;
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => { const found = selected() || taken; if (found) { name.value = found.words.join(" "); name.focus(); taken = null; } });
  }
  for (const hint of form.querySelectorAll("[data-keys], [data-find]")) hint.hidden = false;
  for (const row of rows()) show(row);
})();
