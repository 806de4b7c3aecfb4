/* Numbers with data-counter ("one less|one more"): a button on either side. */
for (const input of document.querySelectorAll("input[data-counter]:not([readonly])")) {
  const around = document.createElement("div");
  around.className = "counter";
  input.before(around);
  const step = (words, sign, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = sign;
    button.setAttribute("aria-label", words);
    button.addEventListener("click", () => {
      const number = Number(input.value.replace(",", "."));
      /* What is no number is left for the person to correct. */
      if (Number.isNaN(number)) return;
      input.value = number + by;
      for (const name of ["input", "change"]) input.dispatchEvent(new Event(name, { bubbles: true }));
    });
    return button;
  };
  const [less, more] = input.dataset.counter.split("|");
  around.append(step(less, "−", -1), input, step(more, "+", 1));
}
