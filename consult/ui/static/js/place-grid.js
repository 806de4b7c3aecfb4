/* A window on the degrees of the earth, and its picture: meridians and parallels with their numbers, no map.
   ``scale``: degrees of latitude in one point of the screen. North is up and east is right in every language. */
globalThis.consultGrid = (() => {
  const FINEST = 3e-7;
  const bounded = (value, least, most) => Math.min(Math.max(value, least), most);

  class View {
    constructor(width, height) {
      Object.assign(this, { width, height, latitude: 0, longitude: 0, scale: this.#widest(width, height) });
    }

    #widest(width, height) {
      return 1.1 * Math.max(360 / width, 180 / height);
    }

    /* Degrees of longitude are shorter away from the equator: shapes look here as they are. */
    get scaleEast() {
      return this.scale / Math.max(0.2, Math.cos((this.latitude * Math.PI) / 180));
    }

    /* As many decimals as somebody can point at. */
    get decimals() {
      return bounded(Math.round(-Math.log10(this.scale)), 0, 7);
    }

    resize(width, height) {
      Object.assign(this, { width, height });
      this.look([this.latitude, this.longitude], this.scale);
    }

    look([latitude, longitude], scale = this.scale) {
      const widest = this.#widest(this.width, this.height);
      this.scale = bounded(scale, FINEST, widest);
      const isWorld = this.scale === widest;
      this.latitude = isWorld ? 0 : bounded(latitude, -90, 90);
      this.longitude = isWorld ? 0 : bounded(longitude, -180, 180);
    }

    /* Around all points; around a single one as closely as it is known. */
    fit(points) {
      const of = (place) => points.map((point) => point[place]);
      const [south, north] = [Math.min(...of(0)), Math.max(...of(0))];
      const [west, east] = [Math.min(...of(1)), Math.max(...of(1))];
      const middle = [(south + north) / 2, (west + east) / 2];
      const narrow = Math.cos((middle[0] * Math.PI) / 180);
      const wide = 1.6 * Math.max((north - south) / this.height, ((east - west) * narrow) / this.width);
      const known = Math.max(...points.flat().map((degrees) => String(+degrees.toFixed(7)).split(".")[1]?.length || 0));
      this.look(middle, wide || bounded(10 ** (-known - 1), 1e-5, 0.5));
    }

    toScreen([latitude, longitude]) {
      return [
        this.width / 2 + (longitude - this.longitude) / this.scaleEast,
        this.height / 2 - (latitude - this.latitude) / this.scale,
      ];
    }

    toEarth(x, y) {
      const rounded = (degrees, most) => bounded(+degrees.toFixed(this.decimals), -most, most);
      return [
        rounded(this.latitude - (y - this.height / 2) * this.scale, 90),
        rounded(this.longitude + (x - this.width / 2) * this.scaleEast, 180),
      ];
    }

    /* Whether a point stands inside, not closer to the edge than this share of the window. */
    holds(point, edge = 0) {
      const [x, y] = this.toScreen(point);
      const isIn = (at, size) => at >= size * edge && at <= size * (1 - edge);
      return isIn(x, this.width) && isIn(y, this.height);
    }
  }

  const stepOf = (least) => {
    if (least > 10) return [15, 30, 45].find((step) => step >= least) || 90;
    const power = 10 ** Math.floor(Math.log10(least));
    return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least);
  };

  const multiples = (from, to, step) => {
    const first = Math.ceil(from / step);
    const count = Math.max(0, Math.floor(to / step) - first + 1);
    return Array.from({ length: count }, (_, place) => (first + place) * step);
  };

  const tag = (name, given, text = "") => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };

  const graticule = (view, written) => {
    const { width, height } = view;
    const [left, top] = view.toScreen([90, -180]);
    const [right, bottom] = view.toScreen([-90, 180]);
    const [x0, x1] = [Math.max(left, 0), Math.min(right, width)];
    const [y0, y1] = [Math.max(top, 0), Math.min(bottom, height)];
    const isFree = (x, y) => x >= 0 && x <= width && y >= 0 && y <= height;
    const decimals = (step) => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
    const label = (at, step, given) => tag("text", given, `${written(at, decimals(step))}°`);
    const across = (at, step) => {
      const [, y] = view.toScreen([at, 0]);
      const drawn = tag("path", { d: `M${x0} ${y}H${x1}`, class: at ? "line" : "line zero" });
      return isFree(0, y - 18) && isFree(0, y + 40) ? [drawn, label(at, step, { x: 6, y: y - 4 })] : [drawn];
    };
    const upright = (at, step) => {
      const [x] = view.toScreen([0, at]);
      const drawn = tag("path", { d: `M${x} ${y0}V${y1}`, class: at ? "line" : "line zero" });
      const given = { x, y: height - 8, "text-anchor": "middle" };
      return isFree(x - 30, 0) && isFree(x + 30, 0) ? [drawn, label(at, step, given)] : [drawn];
    };
    const [north, east] = [stepOf(56 * view.scale), stepOf(84 * view.scaleEast)];
    const [high, wide] = [(height / 2) * view.scale, (width / 2) * view.scaleEast];
    const parallels = multiples(Math.max(view.latitude - high, -90), Math.min(view.latitude + high, 90), north);
    const meridians = multiples(Math.max(view.longitude - wide, -180), Math.min(view.longitude + wide, 180), east);
    const earth = tag("rect", { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0), class: "earth" });
    return [earth, ...meridians.flatMap((at) => upright(at, east)), ...parallels.flatMap((at) => across(at, north))];
  };

  /* ``points``: [[latitude, longitude], number] each; ``kind``: point, line or area. */
  const marks = (view, points, kind) => {
    const placed = points.map(([point, number]) => [...view.toScreen(point).map((at) => +at.toFixed(1)), number]);
    const way = placed.map(([x, y]) => `${x},${y}`).join(" ");
    const shape = kind === "area" ? "polygon" : "polyline";
    const drawn = kind === "point" || !points[1] ? [] : [tag(shape, { points: way, class: "way" })];
    const isNumbered = kind !== "point" && placed.length < 100;
    const dots = placed.flatMap(([x, y, number]) => [
      tag("circle", { cx: x, cy: y, r: isNumbered ? 9 : 6, class: "dot" }),
      ...(isNumbered ? [tag("text", { x, y, class: "number" }, number)] : []),
    ]);
    return [...drawn, ...dots];
  };

  const cross = (view, point) => {
    const [x, y] = view.toScreen(point);
    const lines = tag("path", { d: `M0 ${y}H${view.width}M${x} 0V${view.height}`, class: "cross" });
    return [lines, tag("circle", { cx: x, cy: y, r: 13, class: "cross" })];
  };

  /* The elements of the picture; ``written(degrees, decimals)`` gives the numbers at the lines. */
  const picture = (view, points, kind, at, written) =>
    [...graticule(view, written), ...marks(view, points, kind), ...cross(view, at)];

  return { View, picture };
})();
