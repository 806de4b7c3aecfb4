/* What conditions read where a date is asked in parts, or by its year alone: the first day of what is left out
   (skip-logic.js asks an input that has an ``answer``). */
for (const input of document.querySelectorAll("[data-month], [data-only-year]")) {
  const box = input.closest("[data-question]");
  const parts = "onlyYear" in input.dataset ? [input] : ["[data-year]", "[data-month]", "[data-day]"]
    .map((part) => box.querySelector(part)).filter(Boolean);
  input.answer = (western) => {
    const written = parts.map((part) => western(part.value.trim()).padStart(2, "0"));
    return written.includes("00") ? "" : [...written, "01", "01"].slice(0, 3).join("-");
  };
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
