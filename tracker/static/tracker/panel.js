// A mark opens beside the matrix: its own page, read into a dialog. Without this the link leads to that page.
const CELL = /\/commitments\/[\w-]+\/at\/[\w-]+\/$/;

function panel(words) {
  const dialog = document.createElement("dialog");
  dialog.className = "panel";
  dialog.setAttribute("aria-label", words.panel);
  const bar = document.createElement("p");
  bar.className = "bar";
  const whole = document.createElement("a");
  whole.textContent = words.whole;
  whole.href = location.href;
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  close.addEventListener("click", () => dialog.close());
  bar.append(whole, close);
  const body = document.createElement("div");
  body.className = "body";
  dialog.append(bar, body);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.body.append(dialog);
  return { dialog, whole, body, close };
}

// The page of a cell as part of another: its marks are drawn there already, and its headings stand one lower.
async function fragment(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const parts = [...page.querySelectorAll("main > :not(.sprite)")];
  for (const part of parts) {
    for (const heading of part.querySelectorAll("h1, h2, h3")) {
      const lower = document.createElement(`h${Number(heading.tagName[1]) + 1}`);
      if (heading.id) lower.id = heading.id;
      lower.append(...heading.childNodes);
      heading.replaceWith(lower);
    }
  }
  return parts;
}

const frame = document.querySelector(".score");
if (frame) {
  const { dialog, whole, body, close } = panel(frame.dataset);
  let asked = 0;
  const show = async (address) => {
    const mine = ++asked;
    try {
      const parts = await fragment(address);
      if (mine !== asked) return;
      body.replaceChildren(...parts);
    } catch {
      location.assign(address);
      return;
    }
    whole.href = address;
    dialog.scrollTop = 0;
    if (!dialog.open) dialog.showModal();
    close.focus();
  };
  for (const place of [frame, dialog]) {
    place.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || link === whole || !CELL.test(link.pathname)) return;
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      show(link.href);
    });
  }
}
