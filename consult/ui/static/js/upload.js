/* Says at once what the server would say only after a long way: too large, or sent with the page. */
for (const input of document.querySelectorAll("[data-upload]")) {
  const status = input.closest("[data-question]").querySelector("[data-most]");
  const kept = document.getElementsByName(input.name.replace(/\/upload$/, ""))[0];
  const before = kept.value;
  const limit = status.textContent;

  input.addEventListener("change", () => {
    const isLarge = input.files[0]?.size > status.dataset.most * 1e6;
    if (isLarge) input.value = "";
    const file = input.files[0];
    /* For conditions on this page: something is there. The server looks at the file itself. */
    kept.value = before || file?.name || "";
    status.textContent = isLarge ? status.dataset.large : file ? status.dataset.chosen : limit;
    kept.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
