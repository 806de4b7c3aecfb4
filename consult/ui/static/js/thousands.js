/* Numbers with data-thousands (the sign between thousands): written apart when the field is left. */
for (const input of document.querySelectorAll("input[data-thousands]")) {
  const group = input.dataset.thousands;
  input.answer = (western) => western(input.value.replaceAll(group, ""));
  input.addEventListener("change", () => {
    const plain = input.value.replaceAll(group, "").replace(/\s/g, "");
    const match = /^(-?)(\d+)([.,]\d*)?$/.exec(plain);
    if (match) input.value = match[1] + match[2].replace(/\B(?=(\d{3})+$)/g, group) + (match[3] || "");
  });
}
