// Lists whose rows are swapped in place: keeps the address clean, the reader's place, and says aloud how many rows there are.
(() => {
  "use strict";

  const part = (selector) => document.querySelector(selector);

  // An empty field asks for nothing, so it stays out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    const asked = event.detail.parameters;
    for (const name of Object.keys(asked)) if (asked[name] === "") delete asked[name];
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "list") return;
    // A turned page is read from its top. What was clicked may be gone: the focus then goes to the rows.
    if (event.detail.requestConfig.elt.closest(".pages")) part("#list").scrollIntoView();
    if (!part("#list").contains(document.activeElement)) (part("#rows") || part("#id_sort")).focus({ preventScroll: true });
    part("#told").textContent = part("#list .count").textContent;
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "id_sort") event.target.form.requestSubmit();
  });

  // One menu at a time; Escape and a click elsewhere close it.
  const close = (but) => {
    for (const one of document.querySelectorAll(".facets details[open]")) if (one !== but) one.removeAttribute("open");
  };
  document.addEventListener("click", (event) => close(event.target.closest(".facets details")));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && part(".facets details[open]");
    if (!open) return;
    open.removeAttribute("open");
    open.querySelector("summary").focus();
  });
})();
