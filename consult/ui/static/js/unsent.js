/* What was typed and did not arrive yet, kept in this tab alone: whoever presses the back button of the telephone,
   loads the page again or loses the connection finds it where it was. Nothing of it outlives the tab, nor the end
   of the survey. What was sent is dropped as soon as any page of ours comes back. It comes before the other scripts,
   which find the page as it was left. */
{
  const KEPT = "unsent";
  const warning = document.querySelector("[data-offline]");
  const form = warning?.closest("form");
  const path = location.pathname;
  let isSent = false;

  const read = () => JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  const forget = () => sessionStorage.removeItem(KEPT);
  const write = (kept) => {
    if (Object.keys(kept)[0]) sessionStorage.setItem(KEPT, JSON.stringify(kept));
    else forget();
  };
  const tried = (work) => {
    try {
      return work();
    } catch { /* a browser that keeps nothing */ }
  };

  const isTick = (field) => /radio|checkbox/.test(field.type);
  const fields = () => [...form.elements].filter((field) =>
    field.name.startsWith("q-") && !field.readOnly && !/hidden|file|password|search/.test(field.type));
  const isChanged = (field) => {
    if (isTick(field)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return field.value !== ([...field.options].find((option) => option.defaultSelected)?.value ?? "");
  };

  const keep = () => tried(() => {
    const kept = read();
    const typed = fields().filter(isChanged)
      .map((field) => [field.name, field.value, isTick(field) ? field.checked : null]);
    if (typed.length) kept[path] = { isSent, typed };
    else delete kept[path];
    write(kept);
  });

  /* Of a list that is searched the page does not hold what was chosen: find.js asks the server for it. */
  const ask = (name, value) => {
    const chosen = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: true, hidden: true });
    document.getElementById(name)?.querySelector("[data-matches]")?.append(chosen);
  };

  const bring = () => tried(() => {
    const kept = read();
    const mine = kept[path];
    delete kept[path];
    for (const page in kept) if (kept[page].isSent) delete kept[page];
    write(kept);
    if (!mine || !form || document.getElementById("problems")) return;
    const found = fields();
    for (const [name, value, isOn] of mine.typed) {
      const field = found.find((each) => each.name === name && (isOn === null ? !isTick(each) : isTick(each) && each.value === value));
      if (field && isOn === null) field.value = value;
      else if (field) field.checked = isOn;
      else if (isOn) ask(name, value);
    }
  });

  if (document.querySelector("[data-forgotten]")) tried(forget);
  else bring();
  document.addEventListener("submit", ({ target }) => "forget" in target.dataset && tried(forget));

  if (form) {
    /* A press once more goes through, for browsers that take themselves to be cut off. */
    form.addEventListener("submit", (event) => {
      isSent = navigator.onLine || !warning.hidden;
      if (isSent) return;
      event.preventDefault();
      warning.hidden = false;
    });
    window.addEventListener("online", () => {
      warning.hidden = true;
    });
    window.addEventListener("pageshow", () => {
      isSent = false;
    });
    window.addEventListener("pagehide", keep);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  }
}
