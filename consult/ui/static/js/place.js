/* Switching language keeps the place: the question at the top of the window travels with the form. */
document.addEventListener("submit", ({ submitter, target }) => {
  if (submitter?.name !== "language") return;
  const asked = [...target.querySelectorAll("[data-question]")];
  const first = asked.find((question) => question.getBoundingClientRect().bottom > 80);
  if (!first || first === asked[0]) return;
  const place = document.createElement("input");
  place.type = "hidden";
  place.name = "at";
  place.value = first.id;
  target.append(place);
});

/* A menu closes when somebody goes elsewhere. */
for (const menu of document.querySelectorAll("details[data-menu]")) {
  const close = (event) => menu.open && !menu.contains(event.target) && (menu.open = false);
  document.addEventListener("click", close);
  document.addEventListener("focusin", close);
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
