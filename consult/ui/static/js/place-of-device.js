/* "Use my location": asks the device only when somebody presses the button, and only fills in fields that can
   be read and changed before anything is sent. */

/* What conditions on the same page read: places as they are coded. */
for (const box of document.querySelectorAll("[data-question]")) {
  const parts = [...box.querySelectorAll("[data-part]")];
  const lines = box.querySelector("[data-points]");
  const coded = (line) => `${line.trim().replace(/[,;]?\s+/, " ")} 0 0`;
  if (parts[0]) {
    box.answer = (western) => {
      const [latitude, longitude] = parts.map((part) => western(part.value));
      return latitude && longitude ? `${latitude} ${longitude} 0 0` : "";
    };
  }
  if (lines) lines.answer = () => (lines.value.trim() ? lines.value.trim().split("\n").map(coded).join(";") : "");
}

for (const device of document.querySelectorAll("[data-device]")) {
  const button = device.querySelector("[data-locate]");
  const status = device.querySelector("[role=status]");
  const box = device.closest("[data-question]");
  const lines = box.querySelector("[data-points]");
  const decimal = (number, digits) => {
    const written = String(+number.toFixed(digits));
    return /^(fr|es|pt|ar|ru|uk|vi|tr)\b/.test(box.closest("[lang]").lang) ? written.replace(".", ",") : written;
  };

  const put = (name, value) => {
    const input = box.querySelector(`[name$="/${name}"]`);
    if (input) input.value = value;
  };

  const fill = ({ coords }) => {
    const place = [decimal(coords.latitude, 7), decimal(coords.longitude, 7)];
    if (lines) {
      const between = place.join("").includes(",") ? "; " : ", ";
      lines.value = [lines.value.trimEnd(), place.join(between)].filter(Boolean).join("\n");
    } else {
      put("latitude", place[0]);
      put("longitude", place[1]);
      put("accuracy", decimal(coords.accuracy || 0, 1));
      put("altitude", coords.altitude ? decimal(coords.altitude, 1) : "");
    }
    status.textContent = status.dataset.found;
    (lines || box.querySelector("[data-part]")).dispatchEvent(new Event("input", { bubbles: true }));
  };

  if (!navigator.geolocation || box.querySelector(":disabled, [readonly]")) continue;
  device.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = status.dataset.waiting;
    navigator.geolocation.getCurrentPosition(
      fill,
      () => {
        status.textContent = status.dataset.refused;
      },
      { enableHighAccuracy: true, timeout: 30000, maximumAge: 0 },
    );
  });
}
