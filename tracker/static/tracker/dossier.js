// A dossier folds its citations: this opens what an address leads to, and everything before it is printed.
// Browsers that know ::details-content do the same by the sheet alone.
"use strict";
(() => {
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const around = target.closest("details");
    if (around) around.open = true;
    if (target.matches("li, tr")) for (const fold of target.querySelectorAll("details")) fold.open = true;
    if (around) target.scrollIntoView();
  };
  let opened = [];
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.proof:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
  });
  openTarget();
})();
