/* Numbers with data-thousands (the sign between thousands): written apart when the field is left. Only what the
   server reads as the same number (questions/digits.py): "12,5" in English is twelve and a half, not 125. */
for (const input of document.querySelectorAll("input[data-thousands]")) {
  const group = input.dataset.thousands;
  const number = new RegExp(`^(-?)(\\d{1,3}(?:[${group}]\\d{3})+|\\d+)([.,]\\d*)?$`);
  input.addEventListener("change", () => {
    const [, minus, whole, decimals = ""] = number.exec(input.value.replace(/\s/g, "")) || [];
    if (!whole || decimals[0] === group) return;
    input.value = minus + whole.replaceAll(group, "").replace(/\B(?=(\d{3})+$)/g, group) + decimals;
  });
}
