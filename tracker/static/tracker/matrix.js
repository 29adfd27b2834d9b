// What a matrix does beyond links. Without this it opens at its oldest meetings, and Tab leads through all of its marks.
const table = matchMedia("screen and (min-width: 44.01rem)");

// A matrix wider than its frame opens at its newest meetings, with the numbers in view and no column cut.
function openAtNewest(frame) {
  if (!table.matches) return;
  const names = frame.querySelector(".corner").getBoundingClientRect();
  const turned = getComputedStyle(frame).direction === "rtl";
  const starts = [...frame.querySelectorAll(".heads [id]")].map((head) => {
    const box = head.getBoundingClientRect();
    return turned ? names.left - box.right : box.left - names.right;
  });
  const far = Math.max(0, ...starts.filter((start) => start <= frame.scrollWidth - frame.clientWidth));
  frame.scrollLeft = turned ? -far : far;
}

// A cell takes the focus with what it holds: its link, or itself where it has none.
const hold = (cell) => cell.querySelector("a, button") ?? cell;

// The WAI-ARIA grid pattern on the table as it is: one stop for Tab, arrows within.
class Grid {
  constructor(frame) {
    this.frame = frame;
    this.table = frame.querySelector("table");
    this.rows = [...frame.querySelectorAll(".heads, tbody tr:not(.title)")].map((row) => [...row.cells]);
    this.hint = frame.nextElementSibling;
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.addEventListener("focusin", (event) => this.arrive(event.target));
    table.addEventListener("change", () => this.fit());
    this.fit();
  }

  // On a phone the rows are lists: there the links are links.
  fit() {
    this.hint.hidden = !table.matches;
    if (!table.matches) {
      this.table.removeAttribute("role");
      for (const cell of this.rows.flat()) hold(cell).removeAttribute("tabindex");
      return;
    }
    this.table.setAttribute("role", "grid");
    for (const cell of this.rows.flat()) hold(cell).tabIndex = -1;
    const marks = this.rows[1].filter((cell) => cell.matches("td:not(.n, .stage, .tail)"));
    this.current = hold(marks.at(-1) ?? this.rows[1][0]);
    this.current.tabIndex = 0;
  }

  arrive(target) {
    if (!table.matches) return;
    this.current.tabIndex = -1;
    this.current = target;
    target.tabIndex = 0;
  }

  press(event) {
    if (!table.matches || event.altKey || event.metaKey || event.shiftKey) return;
    const cell = event.target.closest("td, th");
    const row = this.rows.findIndex((cells) => cells.includes(cell));
    if (row < 0) return;
    const aim = this.aim(event, row, this.rows[row].indexOf(cell));
    if (!aim) return;
    event.preventDefault();
    const cells = this.rows[Math.min(Math.max(aim[0], 0), this.rows.length - 1)];
    hold(cells[Math.min(Math.max(aim[1], 0), cells.length - 1)]).focus();
  }

  aim({ key, ctrlKey }, row, column) {
    const on = getComputedStyle(this.table).direction === "rtl" ? -1 : 1;
    if (ctrlKey) return { Home: [0, 0], End: [Infinity, Infinity] }[key];
    return {
      ArrowRight: [row, column + on],
      ArrowLeft: [row, column - on],
      ArrowDown: [row + 1, column],
      ArrowUp: [row - 1, column],
      PageDown: [row + 10, column],
      PageUp: [row - 10, column],
      Home: [row, 0],
      End: [row, Infinity],
    }[key];
  }
}

for (const frame of document.querySelectorAll(".score")) {
  openAtNewest(frame);
  table.addEventListener("change", () => openAtNewest(frame));
  new Grid(frame);
  // What a mark says stands in the page once and is named by its id; a pointer reads it as a title.
  frame.addEventListener("pointerover", (event) => {
    const link = event.target.closest("a[aria-labelledby]");
    if (link && !link.title) link.title = link.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent.trim()).join(" · ");
  });
}
