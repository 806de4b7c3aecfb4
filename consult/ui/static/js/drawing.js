/* A place to draw or to sign: with a finger, a pen or a mouse. What is drawn becomes a PNG in the file input
   below it, so that it is sent, limited and kept like any other picture. */
for (const drawing of document.querySelectorAll("[data-drawing]")) {
  const box = drawing.closest("[data-question]");
  const input = box.querySelector("[data-upload]");
  const status = drawing.querySelector("[role=status]");
  const canvas = drawing.querySelector("canvas");
  const pen = canvas.getContext("2d");
  let isOwn = false;

  const wipe = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    Object.assign(pen, { lineWidth: 4, lineCap: "round", lineJoin: "round", strokeStyle: "#000" });
  };

  const place = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return [((event.clientX - left) * canvas.width) / width, ((event.clientY - top) * canvas.height) / height];
  };

  const keep = () => canvas.toBlob((blob) => {
    const chosen = new DataTransfer();
    chosen.items.add(new File([blob], "drawing.png", { type: "image/png" }));
    isOwn = true;
    input.files = chosen.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    isOwn = false;
    status.textContent = status.dataset.drawn;
  }, "image/png");

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
    pen.lineTo(...place(event));
    pen.stroke();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  canvas.addEventListener("lostpointercapture", keep);

  drawing.querySelector("[data-wipe]").addEventListener("click", () => {
    wipe();
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    status.textContent = "";
  });

  /* A picture that is chosen lies under what is drawn on it. */
  input.addEventListener("change", async () => {
    if (isOwn || !input.files[0] || !("annotated" in drawing.dataset)) return;
    const picture = await createImageBitmap(input.files[0]).catch(() => null);
    if (!picture) return;
    const size = Math.min(1, 1600 / Math.max(picture.width, picture.height));
    canvas.width = picture.width * size;
    canvas.height = picture.height * size;
    wipe();
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#c00";
  });

  if (!input.disabled && window.PointerEvent && window.DataTransfer) {
    drawing.hidden = false;
    // A finger needs more height than a narrow screen gives to the shape of a signature.
    if (canvas.clientWidth < 450) canvas.height = 600;
    wipe();
  }
}
