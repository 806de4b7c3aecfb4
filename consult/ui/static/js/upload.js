/* Says at once what the server would say only after a long way: too large, or sent with the page. */
for (const input of document.querySelectorAll("[data-upload]")) {
  const status = input.closest("[data-question]").querySelector("[data-most]");
  const kept = document.getElementsByName(input.name.replace(/\/upload$/, ""))[0];

  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    const isLarge = file.size > status.dataset.most * 1e6;
    if (isLarge) input.value = "";
    /* For conditions on this page: something is there. The server looks at the file itself. */
    else if (!kept.value) kept.value = file.name;
    status.textContent = isLarge ? status.dataset.large : status.dataset.chosen;
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
