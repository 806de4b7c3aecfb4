/* Fast entry by keyboard alone, for forms with data-fast-entry: a digit chooses the option that carries it in
   the question that has the focus; Enter goes to the next question, and from the last one onwards. */
for (const form of document.querySelectorAll("form[data-fast-entry]")) {
  const isShown = (element) => element.getClientRects().length > 0;
  const questions = () => [...form.querySelectorAll("[data-question]")].filter(isShown);
  const firstInput = (question) =>
    question.querySelector("input:checked, select, textarea, input:not([type=hidden]):not([disabled])");

  const goOn = (from) => {
    const all = questions();
    /* A note has nothing to enter. */
    const next = all.slice(all.indexOf(from) + 1).find(firstInput);
    (next ? firstInput(next) : form.querySelector("[data-go-on]")).focus();
    next?.scrollIntoView({ block: "nearest" });
  };

  const choose = (question, digit) => {
    const mark = [...question.querySelectorAll("kbd")].find((kbd) => kbd.textContent.trim() === digit && isShown(kbd));
    const input = mark?.closest("label")?.querySelector("input");
    if (!input || input.disabled) return false;
    input.focus();
    input.click();
    return true;
  };

  form.addEventListener("keydown", (event) => {
    const { target, key } = event;
    const question = target.closest("[data-question]");
    if (!question || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const isTyped = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
    if (/^[1-9]$/.test(key) && !isTyped && choose(question, key)) event.preventDefault();
    if (key === "Enter" && !target.matches("textarea, button, summary")) {
      event.preventDefault();
      goOn(question);
    }
  });

  const start = questions().find(firstInput);
  if (start && !document.querySelector("#problems")) firstInput(start).focus();
}
