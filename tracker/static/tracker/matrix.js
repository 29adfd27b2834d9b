// A matrix wider than its frame opens at its newest meetings, with the numbers in view and no column cut. Without this it opens at its oldest.
for (const frame of document.querySelectorAll(".score")) {
  const names = frame.querySelector(".corner").getBoundingClientRect().right;
  const starts = [...frame.querySelectorAll(".heads [id]")].map((head) => head.getBoundingClientRect().left - names);
  frame.scrollLeft = Math.max(0, ...starts.filter((start) => start <= frame.scrollWidth - frame.clientWidth));
}
