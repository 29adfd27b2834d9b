// A measure explains itself when the pointer rests on it or the keyboard reaches it. Without this it does so when pressed.
const REST = 250;
for (const button of document.querySelectorAll(".explained > button")) {
  const note = document.getElementById(button.getAttribute("popovertarget"));
  if (!note || !note.showPopover) continue;
  let timer;
  const open = () => note.matches(":popover-open");
  const show = () => open() || note.showPopover({ source: button });
  const later = (act) => { clearTimeout(timer); timer = setTimeout(act, REST); };
  const stay = () => clearTimeout(timer);
  const leave = () => later(() => { if (open() && !note.contains(document.activeElement)) note.hidePopover(); });
  button.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") later(show); });
  button.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") leave(); });
  note.addEventListener("pointerenter", stay);
  note.addEventListener("pointerleave", leave);
  button.addEventListener("focus", () => { if (button.matches(":focus-visible")) show(); });
  button.addEventListener("blur", leave);
  note.addEventListener("focusin", stay);
  note.addEventListener("focusout", leave);
}
