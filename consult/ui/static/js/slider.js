/* Numbers with data-slider ("start end step first marks"): a slider below the field, which stays what is answered.
   A slider always stands somewhere: until it is moved, it answers nothing. */
for (const input of document.querySelectorAll("input[data-slider]:not([readonly])")) {
  const [start, end, step, first, marks] = input.dataset.slider.split(" ");
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: start, max: end, step });
  slider.setAttribute("aria-label", input.labels[0].textContent.trim());
  if (Number(marks)) {
    const list = document.createElement("datalist");
    list.id = `${input.id}:marks`;
    for (let place = Number(start); place <= Number(end); place += Number(marks)) list.append(new Option("", place));
    slider.setAttribute("list", list.id);
    input.after(list);
  }
  const follow = () => {
    const number = Number(input.value.replace(",", "."));
    const isSet = input.value.trim() !== "" && !Number.isNaN(number);
    slider.value = isSet ? number : first;
    slider.classList.toggle("unset", !isSet);
  };
  slider.addEventListener("input", () => {
    input.value = slider.value;
    slider.classList.remove("unset");
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  slider.addEventListener("change", () => input.dispatchEvent(new Event("change", { bubbles: true })));
  input.addEventListener("input", follow);
  input.after(slider);
  follow();
}
