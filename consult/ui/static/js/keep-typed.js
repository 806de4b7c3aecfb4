/* An office page in another language: what was typed into its forms and not stored goes along, within this
   window. Passwords, codes and files do not, nor forms that have their own draft. */
{
  const KEPT = "typed";
  const NEVER = new Set(["hidden", "password", "file", "submit", "button", "image", "reset"]);
  const kept = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);

  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
  const isKept = (field) => !NEVER.has(field.type) && field.autocomplete !== "one-time-code";
  const fields = () => [...document.querySelectorAll("main form[method=post]:not([data-autosave]) :is(input, textarea, select)[name]")].filter(isKept);
  const isChanged = (field) => {
    if (isTicked(field)) return field.checked !== field.defaultChecked;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  };

  for (const link of document.querySelectorAll("nav.languages a[hreflang]")) {
    link.addEventListener("click", () => {
      // What came back with something to correct was typed, too.
      const isRefused = document.getElementById("problems") !== null;
      const typed = fields()
        .map((field, place) => [place, field.name, isTicked(field) ? field.checked : field.value, isChanged(field)])
        .filter((each) => isRefused || each[3]);
      if (typed.length) sessionStorage.setItem(KEPT, JSON.stringify([new URL(link.href).pathname, typed]));
    });
  }

  if (kept) {
    const [path, typed] = JSON.parse(kept);
    const here = path === location.pathname ? fields() : [];
    for (const [place, name, value] of typed) {
      const field = here[place];
      if (field?.name !== name) continue;
      if (isTicked(field)) field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}
