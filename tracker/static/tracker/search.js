// Names are offered under the search box while one types; arrows choose, Enter opens, Escape puts them away. Without this the form works as it is.
for (const form of document.querySelectorAll("form[data-suggestions]")) {
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  let asking = null;
  let waiting = 0;
  let chosen = -1;

  const close = () => {
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const options = [...list.children];
    chosen = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const option = (one, at) => {
    const item = document.createElement("li");
    item.role = "option";
    item.id = `${list.id}-${at}`;
    item.dataset.address = one.address;
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("span");
    name.dir = "auto";
    if (one.language) name.lang = one.language;
    for (const [text, isWord] of one.pieces) {
      const piece = isWord ? document.createElement("mark") : document.createTextNode("");
      piece.textContent = text;
      name.append(piece);
    }
    const about = document.createElement("span");
    about.className = "aside";
    about.textContent = one.about;
    item.append(name, " ", about);
    return item;
  };

  const offer = async () => {
    asking?.abort();
    const typed = box.value.trim();
    if (!typed) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, { signal: asking.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      list.replaceChildren(...suggestions.map(option));
      if (!suggestions.length || document.activeElement !== box) return close();
      choose(-1);
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
    } catch {
      // Typed on, or the network is gone: the form itself still works.
    }
  };

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.address);
    else return;
    event.preventDefault();
  });
  // Before the box loses the focus, and with it the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.address);
  });
}
