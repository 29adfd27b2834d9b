// On a phone what lies far down a long page is not laid out until it comes near: the sheet says so. Once the page stands, the rest follows in idle moments.
(() => {
  "use strict";

  const narrow = matchMedia("screen and (max-width: 44rem)");
  if (!narrow.matches || !window.requestIdleCallback) return;

  const waiting = [...document.querySelectorAll(".score tbody tr, .listed tbody tr, .timeline > li")];
  const draw = (idle) => {
    while (waiting.length && idle.timeRemaining() > 10) {
      const next = waiting.shift();
      next.classList.add("laid-out");
      next.getBoundingClientRect(); // laid out now, so that the time it takes is seen
    }
    if (waiting.length) requestIdleCallback(draw);
  };
  addEventListener("load", () => requestIdleCallback(draw));
})();
