/* Functions of the language of logic that few forms use (functions/geography.py, functions/dialects.py); loaded
   by skip-logic.js where a page has one. */
(() => {
  "use strict";

  const { functions, number, text, codes, parts } = globalThis.consultExpressions;
  const rounded = (value) => functions.round(null, value, 2);

  /* ---- places: metres on a sphere, to the centimetre ---- */

  const RADIUS = 6378100;
  const degrees = Math.PI / 180;
  /* Latitude and longitude of each point; null where one is none. */
  const points = (values) => {
    const found = values.flatMap(parts).map(text).join(";").split(";").filter((each) => each.trim())
      .map((each) => codes(each).slice(0, 2).map(number));
    return found.every(([y, x]) => Math.abs(y) <= 90 && Math.abs(x) <= 180) ? found : null;
  };
  const distance = (_, ...values) => {
    const found = points(values);
    return found ? rounded(found.slice(1).reduce((sum, [y, x], place) => {
      const [south, west] = found[place];
      const chord = Math.sin((y * degrees - south * degrees) / 2) ** 2
        + Math.cos(south * degrees) * Math.cos(y * degrees) * Math.sin((x - west) * degrees / 2) ** 2;
      return sum + 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)));
    }, 0)) : NaN;
  };
  const area = (_, ...values) => {
    const found = points(values);
    return found ? found.length < 3 ? 0 : rounded(Math.abs(found.reduce((sum, [y, x], place) => {
      const [north, east] = found[(place + 1) % found.length];
      return sum + (east - x) * degrees * (2 + Math.sin(y * degrees) + Math.sin(north * degrees));
    }, 0) * RADIUS * RADIUS / 2)) : NaN;
  };
  const geofence = (_, point, shape) => {
    const [[at], fence] = [points([point]) || [], points([shape]) || []];
    if (!at || fence.length < 4 || String(fence[0]) !== String(fence[fence.length - 1])) return false;
    return fence.slice(1).reduce((isInside, [y2, x2], place) => {
      const [y1, x1] = fence[place];
      return isInside !== ((x1 > at[1]) !== (x2 > at[1]) && at[0] < (y2 - y1) * (at[1] - x1) / (x2 - x1) + y1);
    }, false);
  };
  const DEVICE = ("duration device-info phone-call-log phone-call-duration collect-is-phone-app username caseid "
    + "property enumerator-name enumerator-id plug-in-metadata").split(" ");
  const items = (mark, list) => {
    const [between, written] = [text(mark), text(list)];
    return written ? between ? written.split(between) : [written] : [];
  };

  Object.assign(functions, {
    ...Object.fromEntries(DEVICE.map((name) => [name, () => ""])),
    distance, "distance-between": distance, area, "enclosed-area": area, geofence,
    "short-geopoint": (_, value) => codes(value).slice(0, 2).join(" "),
    lower: (_, value) => text(value).toLowerCase(), upper: (_, value) => text(value).toUpperCase(),
    empty: (_, value) => !text(value), linebreak: () => "\n",
    "item-at": (_, mark, list, place) => items(mark, list)[Math.trunc(number(place))] || "",
    "item-index": (_, mark, list, item) => items(mark, list).indexOf(text(item)),
    "item-present": (_, mark, list, item) => items(mark, list).includes(text(item)),
    "count-items": (_, mark, list) => items(mark, list).length,
    "de-duplicate": (_, mark, list) => [...new Set(items(mark, list))].join(text(mark)),
    "rank-value": (_, value, list) => {
      const own = number(value);
      return own === own ? 1 + codes(list).filter((each) => number(each) > own).length : 999;
    },
    "format-number": (_, value) =>
      text(number(value)).replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",")),
  });
})();
