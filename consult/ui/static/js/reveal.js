/* A button that shows what is typed into a password field: a long password is easier to get right. */
for (const field of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.setAttribute("aria-pressed", "false");
  button.textContent = field.dataset.show;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
  field.form.addEventListener("submit", () => { field.type = "password" });
  field.after(button);
}
