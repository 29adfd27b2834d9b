// A matrix wider than its frame opens at its newest meetings, with the numbers in view and no column cut. Without this it opens at its oldest.
for (const frame of document.querySelectorAll(".score")) {
  // Where a page runs from the right, the newest meetings stand at the left, and the frame counts its scrolling below nothing.
  const turned = getComputedStyle(frame).direction === "rtl" ? -1 : 1;
  const near = (one) => { const { left, right } = one.getBoundingClientRect(); return turned > 0 ? [left, right] : [-right, -left]; };
  const names = near(frame.querySelector(".corner"))[1];
  const starts = [...frame.querySelectorAll(".heads [id]")].map((head) => near(head)[0] - names);
  frame.scrollLeft = turned * Math.max(0, ...starts.filter((start) => start <= frame.scrollWidth - frame.clientWidth));
}
