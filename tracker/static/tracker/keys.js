/* Keys of the desk, and the list of them. Without this file everything is reached by links and buttons. */
(() => {
  "use strict";
  const list = document.getElementById("desk-keys");
  const button = document.getElementById("show-keys");
  const choice = document.getElementById("keys-on");
  if (!list || !button || typeof list.showModal !== "function") return;
  const KEPT = "desk-keys";

  const kept = () => { try { return window.localStorage.getItem(KEPT); } catch { return null; } };
  choice.checked = kept() !== "off";
  choice.addEventListener("change", () => { try { window.localStorage.setItem(KEPT, choice.checked ? "on" : "off"); } catch { /* then for this page alone */ } });

  const show = () => { if (!list.open) list.showModal(); };
  button.hidden = false;
  button.addEventListener("click", show);
  document.getElementById("hide-keys").addEventListener("click", () => list.close());

  const first = (...selectors) => selectors.map((one) => document.querySelector(one)).find(Boolean);
  const press = (...selectors) => { const found = first(...selectors); if (found) found.click(); return Boolean(found); };
  const enter = (...selectors) => { const found = first(...selectors); if (found) found.focus(); return Boolean(found); };

  const links = () => [...document.querySelectorAll("#result_list tbody tr th a, .queue .name a")];
  function step(by) {
    const all = links();
    const here = all.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return all.length > 0;
  }
  function tick() {
    const row = document.activeElement.closest("#result_list tbody tr");
    const box = row && row.querySelector("input.action-select");
    if (box) box.click();
    return Boolean(box);
  }

  const KEYS = {
    "?": () => { show(); return true; },
    h: () => press("#site-name a"),
    "/": () => enter("#searchbar", "#nav-filter"),
    j: () => step(1),
    k: () => step(-1),
    x: tick,
    n: () => press(".change-list .object-tools a.addlink[href*='/add/']"),
  };
  const TYPED_INTO = "input:not(.action-select), select, textarea, [contenteditable], .select2-container";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey || list.open) return;
    const wide = event.ctrlKey || event.metaKey;
    if (wide && event.key === "Enter") {
      const form = event.target.closest("form");
      const save = form && form.querySelector(event.shiftKey ? "[name=_addanother]" : "[name=_continue]");
      if (save) { event.preventDefault(); save.click(); }
      return;
    }
    if (wide || !choice.checked || event.target.closest(TYPED_INTO)) return;
    const does = KEYS[event.key];
    if (does && does()) event.preventDefault();
  });
})();
