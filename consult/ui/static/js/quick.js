/* A page with one question of appearance "quick" goes on by itself when an answer is pressed with a finger or
   the mouse. Who uses the keyboard passes answers on the way to theirs: there, nothing goes on by itself. */
for (const note of document.querySelectorAll("[data-quick]")) {
  const box = note.closest("[data-question]");
  const form = box.closest("form");
  const button = form?.querySelector("[data-go-on], button[name=go][value=next]");
  const isAlone = () => [...form.querySelectorAll("[data-question]")]
    .every((other) => other === box || !other.getClientRects().length || !other.querySelector("input, select, textarea"));
  let pressedAt = -Infinity;

  note.hidden = !button || !isAlone();
  box.addEventListener("pointerup", ({ timeStamp }) => { pressedAt = timeStamp });
  box.addEventListener("change", ({ target, timeStamp }) => {
    const isPressed = timeStamp - pressedAt < 500;
    const hasDetail = target.closest("label").nextElementSibling?.matches(".detail");
    if (note.hidden || !isPressed || target.type !== "radio" || hasDetail) return;
    /* Long enough to see what was chosen, and for what it reveals to appear. */
    setTimeout(() => target.checked && isAlone() && form.requestSubmit(button), 350);
  });
}
