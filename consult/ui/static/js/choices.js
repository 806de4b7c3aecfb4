/* Choices: one that stands alone, the text of "other", taking an answer back, putting in order. */
for (const box of document.querySelectorAll("[data-question]")) {
  const find = (selector) => [...box.querySelectorAll(selector)];
  const buttons = () => find("[type=radio], [type=checkbox]");
  const clear = box.querySelector("[data-clear]");

  const refresh = () => {
    for (const detail of find(".detail")) {
      detail.hidden = !detail.previousElementSibling.querySelector("input").checked;
    }
    if (clear) clear.hidden = !buttons().some((button) => button.checked);
  };

  const leave = (chosen) => {
    for (const other of buttons()) {
      const excludes = "alone" in chosen.dataset || "alone" in other.dataset;
      if (other !== chosen && excludes) other.checked = false;
    }
  };

  box.addEventListener("change", ({ target }) => {
    if (target.type === "checkbox" && target.checked) leave(target);
    refresh();
  });

  clear?.addEventListener("click", () => {
    const all = buttons();
    for (const button of all) button.checked = false;
    all[0].focus();
    all[0].dispatchEvent(new Event("change", { bubbles: true }));
  });

  refresh();

  /* Ranking: every choice gets two buttons; all places are written again after each move. */
  const words = box.dataset.moves?.split("|");
  const rows = () => find(".place");
  const placeOf = (row) => row.querySelector("input");
  const move = (row, isUp) => {
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    if (other?.matches(".place")) other[isUp ? "before" : "after"](row);
    rows().forEach((each, index) => {
      placeOf(each).value = index + 1;
    });
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const addButton = (row, isUp) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = isUp ? "↑" : "↓";
    button.setAttribute("aria-label", `${words[isUp ? 0 : 1]}: ${row.querySelector("span").textContent}`);
    button.addEventListener("click", () => {
      move(row, isUp);
      button.focus();
    });
    row.append(button);
  };
  const order = (row) => +placeOf(row).value || Infinity;
  if (words) rows().sort((a, b) => order(a) - order(b) || 0).reduce((before, row) => (before?.after(row), row), null);
  for (const row of words ? rows() : []) {
    addButton(row, true);
    addButton(row, false);
  }
}
