/* Pointing at a place on a field of degrees. It shows what is typed above it and types what is pointed at, so that
   everything else on the page (conditions, drafts) takes it as typed. */
for (const field of document.querySelectorAll("[data-grid]")) {
  const { View, picture } = globalThis.consultGrid;
  const { line, pair, point, together, write } = globalThis.consultPlaces;
  const kind = field.dataset.grid;
  const box = field.closest("[data-question]");
  const { lang } = box.closest("[lang]");
  const svg = field.querySelector("svg");
  const status = field.querySelector("[role=status]");
  const area = box.querySelector("[data-points]");
  const [north, east] = box.querySelectorAll("[data-part]");
  const isOnlySeen = Boolean(box.querySelector("[data-points], [data-part]").matches(":disabled, [readonly]"));
  const view = new View(600, 400);
  let at = [0, 0];
  let shown = "";

  /* What is typed, as [[latitude, longitude], number]; what cannot be read is left out. */
  const lines = (text) => text.value.split("\n").filter((written) => written.trim());
  const ofLines = (text) => lines(text).map((written, place) => [line(written, lang), place + 1]).filter(([found]) => found);
  const ofParts = (first, second) => {
    const both = second.value.trim() ? [first.value, second.value] : pair(first.value);
    const found = both && point(...both, lang);
    return found ? [[found, 1]] : [];
  };
  const isClosed = (all) => kind === "area" && all.length > 3 && String(line(all[0], lang)) === String(line(all.at(-1), lang));
  const typed = () => {
    if (!area) return ofParts(north, east);
    const points = ofLines(area);
    /* An area that is typed with its first point once more at the end has no further corner there. */
    if (isClosed(lines(area))) points.pop();
    return points;
  };

  /* Of the place that is asked for last of the others on this page, else of the one answered before it: who begins
     anew begins near it. */
  const elsewhere = () => {
    const ofBox = (other) => {
      const parts = other.querySelectorAll("[data-part]");
      const text = other.querySelector("[data-points]");
      return (text ? ofLines(text) : parts[1] ? ofParts(...parts) : []).map(([found]) => found);
    };
    const found = [...document.querySelectorAll("[data-question]")].map(ofBox).filter((points) => points[0]).at(-1);
    return found || field.dataset.near.split(";").filter(Boolean).map((corner) => line(corner, "en"));
  };

  const words = ([latitude, longitude]) =>
    together([latitude, longitude].map((degrees) => write(degrees, view.decimals, lang)));
  /* Between isolates: in Arabic the minus would go to the other side. */
  const say = (what, number = "") => {
    status.textContent = status.dataset[what].replace("{number}", number).replace("{place}", `\u2066${words(at)}\u2069`);
  };

  const draw = () => {
    if (!field.open) return;
    svg.replaceChildren(...picture(view, typed(), kind, at, (degrees, decimals) => write(degrees, decimals, lang)));
  };

  const fit = (own, others = []) => {
    const points = own[0] ? own : others;
    if (points[0]) view.fit(points);
    at = view.toEarth(...view.toScreen(own.at(-1) || [view.latitude, view.longitude]));
  };

  /* What somebody else typed is brought into sight; what was pointed at is in sight. */
  const follow = () => {
    if (!field.open) return;
    const points = typed().map(([found]) => found);
    if (String(points) !== shown && points[0]) fit(points);
    shown = String(points);
    draw();
  };

  const put = (input, written) => {
    if (input) input.value = written;
  };
  const tell = () => {
    shown = String(typed().map(([found]) => found));
    for (const name of ["input", "change"]) (area || north).dispatchEvent(new Event(name, { bubbles: true }));
    draw();
  };
  const putPoint = (latitude, longitude) => {
    put(north, latitude);
    put(east, longitude);
    /* They told of the place that stood here before. */
    for (const name of ["accuracy", "altitude"]) put(box.querySelector(`[name$="/${name}"]`), "");
  };

  const set = () => {
    if (isOnlySeen) return;
    const parts = at.map((degrees) => write(degrees, view.decimals, lang));
    if (area) {
      const all = lines(area);
      if (isClosed(all)) all.pop();
      /* A finger that trembles has not pointed twice. */
      if (all.at(-1) !== together(parts)) all.push(together(parts));
      area.value = all.join("\n");
    } else putPoint(...parts);
    if (!view.holds(at, 0.08)) view.look(at);
    say("set", area ? lines(area).length : 1);
    tell();
  };

  const back = () => {
    if (area) {
      const all = lines(area);
      if (isClosed(all)) all.pop();
      area.value = all.slice(0, -1).join("\n");
    } else putPoint("", "");
    say("back");
    tell();
  };

  const moved = () => {
    say("here");
    draw();
  };
  const zoom = (times) => {
    view.look(at, view.scale * times);
    moved();
  };

  const WAYS = { west: [-1, 0], east: [1, 0], north: [0, -1], south: [0, 1] };
  /* By so many points of the screen; at least by what one more digit tells. */
  const step = (way, by) => {
    const [x, y] = view.toScreen(at);
    const unit = 10 ** -view.decimals;
    const far = (size) => Math.max(by, 1.01 * unit / size);
    const [right, down] = WAYS[way];
    at = view.toEarth(x + right * far(view.scaleEast), y + down * far(view.scale));
    if (!view.holds(at, 0.08)) view.look(at);
    moved();
  };

  const doings = {
    set,
    back,
    closer: () => zoom(1 / 3),
    farther: () => zoom(3),
    ...Object.fromEntries(Object.keys(WAYS).map((way) => [way, () => step(way, view.height / 4)])),
  };
  for (const button of field.querySelectorAll("[data-do]")) button.addEventListener("click", doings[button.dataset.do]);

  svg.addEventListener("click", (event) => {
    const { left, top } = svg.getBoundingClientRect();
    /* A screen reader presses without a place of its own: where the cross-hair is. */
    if (event.detail) at = view.toEarth(event.clientX - left, event.clientY - top);
    if (isOnlySeen) moved();
    else set();
  });

  const KEYS = { ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south" };
  const OTHERS = { Enter: "set", " ": "set", "+": "closer", "=": "closer", "-": "farther", Backspace: "back", Delete: "back" };
  svg.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !(key in KEYS || key in OTHERS)) return;
    event.preventDefault();
    event.stopPropagation(); // Enter would go on to the next question of a collector
    if (key in KEYS) step(KEYS[key], event.shiftKey ? 2 : 20);
    else if (!isOnlySeen || /er$/.test(OTHERS[key])) doings[OTHERS[key]]();
  });

  field.addEventListener("toggle", () => {
    if (!field.open) return;
    const own = typed().map(([found]) => found);
    const { width, height } = svg.getBoundingClientRect();
    view.resize(width, height);
    if (!svg.firstChild) view.look([0, 0], Infinity); // the whole earth, in the room that there is
    fit(own, elsewhere());
    shown = String(own);
    moved();
  });
  document.addEventListener("input", follow);
  new ResizeObserver(([{ contentRect }]) => {
    if (!contentRect.width) return;
    view.resize(contentRect.width, contentRect.height);
    if (svg.firstChild) draw();
  }).observe(svg);

  if (isOnlySeen) {
    field.querySelector("summary").textContent = field.dataset.onlySeen;
    for (const part of field.querySelectorAll("[data-sets]")) part.remove();
  }
  field.hidden = false;
}
