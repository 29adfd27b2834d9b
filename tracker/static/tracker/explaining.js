// A measure explains itself when the pointer rests on it or the keyboard reaches it; so does each number under it, with what it comes from.
// Without this a measure does so when pressed, and a number by the tip that every browser has.
const REST = 300;

function explains(anchor, note, fill) {
  if (!note || !note.showPopover) return;
  let timer;
  const open = () => note.matches(":popover-open");
  const show = () => { fill(); if (!open()) note.showPopover({ source: anchor }); };
  const later = (act) => { clearTimeout(timer); timer = setTimeout(act, REST); };
  const leave = () => later(() => { if (open() && !note.matches(":hover, :focus-within")) note.hidePopover(); });
  anchor.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") later(show); });
  anchor.addEventListener("focus", () => { if (anchor.matches(":focus-visible")) show(); });
  for (const one of [anchor, note]) {
    one.addEventListener("pointerleave", leave);
    one.addEventListener("focusout", leave);
  }
}

for (const button of document.querySelectorAll(".explained > button")) {
  const note = document.getElementById(button.getAttribute("popovertarget"));
  explains(button, note, () => note?.querySelector(".of-row")?.remove());
  button.addEventListener("click", () => note?.querySelector(".of-row")?.remove());
}

for (const table of document.querySelectorAll(".score table")) {
  const notes = [...table.querySelectorAll("thead .explanation")];
  if (!notes.length || !notes[0].showPopover) continue;
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.querySelectorAll("td:is(.n, .stage)")].forEach((cell, place) => {
      const link = cell.querySelector("a[title]"), note = notes[place];
      if (!link || !note) return;
      const told = link.title;
      link.removeAttribute("title");
      link.setAttribute("aria-describedby", note.id);
      explains(link, note, () => {
        note.querySelector(".of-row")?.remove();
        const line = document.createElement("span");
        line.className = "line of-row";
        line.textContent = `${row.querySelector("th").textContent}: ${told}`;
        note.querySelector(".more").before(line);
      });
    });
  }
}
