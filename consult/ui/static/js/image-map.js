/* Choices with the appearance image-map: the areas of the drawing that are named like choices can be pressed.
   The drawing is a stranger's: it is made anew from shapes and numbers, and nothing else of it gets in. The
   choices below stay, for keyboards and for who does not see the drawing. */
{
  const SVG = "http://www.w3.org/2000/svg";
  const SHAPES = new Set(["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"]);
  const NUMBERS = ["viewBox", "transform", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"];
  const COLOURS = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "opacity"];

  const anew = (given, inputs) => {
    const name = given.localName.toLowerCase();
    if (given.namespaceURI !== SVG || !SHAPES.has(name)) return null;
    const made = document.createElementNS(SVG, name);
    for (const attribute of NUMBERS) {
      if (given.hasAttribute(attribute)) made.setAttribute(attribute, given.getAttribute(attribute));
    }
    const style = Object.fromEntries((given.getAttribute("style") || "").split(";").map((part) => part.split(":").map((word) => word.trim())));
    for (const attribute of COLOURS) {
      const value = style[attribute] || given.getAttribute(attribute);
      if (value && !value.includes("(")) made.setAttribute(attribute, value);
    }
    if (inputs.has(given.id)) made.dataset.area = given.id;
    for (const child of given.children) {
      const inner = anew(child, inputs);
      if (inner) made.append(inner);
    }
    return made;
  };

  for (const fieldset of document.querySelectorAll("fieldset.image-map")) {
    const image = fieldset.querySelector("img[src$='.svg']");
    const inputs = new Map([...fieldset.querySelectorAll("input[type=radio], input[type=checkbox]")].map((input) => [input.value, input]));
    if (!image) continue;
    fetch(image.src).then((answer) => answer.text()).then((text) => {
      const map = anew(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, inputs);
      if (!map?.querySelector("[data-area]")) return;
      if (!map.hasAttribute("viewBox")) map.setAttribute("viewBox", `0 0 ${parseFloat(map.getAttribute("width")) || 100} ${parseFloat(map.getAttribute("height")) || 100}`);
      map.removeAttribute("width");
      map.removeAttribute("height");
      map.setAttribute("aria-hidden", "true");
      const show = () => {
        for (const area of map.querySelectorAll("[data-area]")) {
          area.classList.toggle("chosen", inputs.get(area.dataset.area).checked);
        }
      };
      map.addEventListener("click", (event) => {
        const area = event.target.closest("[data-area]");
        if (area) inputs.get(area.dataset.area).click();
      });
      fieldset.addEventListener("change", show);
      (image.closest("a") || image).replaceWith(map);
      show();
    }).catch(() => {});
  }
}
