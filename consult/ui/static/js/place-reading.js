/* Degrees as people type them, read as the server reads them (consult/questions/geo_degrees.py), and written as
   the language of the page writes numbers. Only for the picture of what is typed: the server reads it again. */
globalThis.consultPlaces = (() => {
  const MARKS = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
  const SIGNS = /[°º˚'’′‘"”“″]|deg|min|sec/g;
  const NORTH = { N: 1, "ش": 1, S: -1, "ج": -1 };
  const EAST = { E: 1, "ق": 1, W: -1, O: -1, "غ": -1 };
  const SIDE = /^([NSEWOشجقغ])(?!\p{L})|([NSEWOشجقغ])$/iu;
  const PAIR = /^(.+?)(?:\s*[;\t]\s*|,\s+|\s+\/\s+|(?<=[NSnsشج])[\s,]+)(.+)$/;

  const latin = (language) => `${language}-u-nu-latn`;
  const sign = (language) => ((1.5).toLocaleString(latin(language)).includes(",") ? "," : ".");
  const grouping = (language) => (1e9).toLocaleString(latin(language)).match(/[,.]|$/)[0];

  /* In these scripts the last four bits of a digit are its value. */
  const western = (written) => written.replace(/[٠-٩۰-۹０-９]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace(/[−–－]/g, "-").replace(/[٫．]/g, ".").replace(/[،，]/g, ",");

  const number = (written, language) => {
    const group = grouping(language);
    const isParted = group && new RegExp(`^[+-]?\\d{1,3}([${group}]\\d{3})+([^${group}\\d]\\d*)?$`).test(written);
    const plain = (isParted ? written.replaceAll(group, "") : written).replace(",", ".");
    return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
  };

  const degrees = (written, language, most, sides) => {
    let text = western(written.replace(MARKS, "")).trim();
    let turn = 1;
    const side = text.match(SIDE);
    if (side) {
      turn = sides[(side[1] || side[2]).toUpperCase()];
      text = text.replace(SIDE, "").trim();
    }
    const parts = text.replace(SIGNS, " ").trim().split(/\s+/);
    const isNegative = parts[0].startsWith("-");
    const numbers = parts.map((part, place) => number(place ? part : part.replace(/^-/, ""), language));
    const isRight = numbers.length < 4 && numbers.every((part, place) => part >= 0 && (!place || part < 60));
    const whole = numbers.reduce((sum, part, place) => sum + part / 60 ** place, 0);
    return isRight && turn && !(isNegative && side) && whole <= most ? turn * (isNegative ? -whole : whole) : NaN;
  };

  const pair = (written) => {
    const text = written.trim();
    const found = text.match(PAIR);
    if (found) return found.slice(1);
    const parts = text.split(/\s+/);
    if (parts.length === 2 && !text.match(SIGNS)) return parts;
    return /^[^,]*,[^,]*$/.test(text) && text.includes(".") ? text.split(",") : null;
  };

  /* [latitude, longitude], or null for what is no place. */
  const point = (latitude, longitude, language) => {
    const found = [degrees(latitude, language, 90, NORTH), degrees(longitude, language, 180, EAST)];
    return found.some(Number.isNaN) ? null : found;
  };

  const line = (written, language) => {
    const parts = written.trim().split(/\s+/);
    /* As field tools code it: with altitude and accuracy. */
    const isCoded = /^[34]$/.test(parts.length) && parts.every((part) => /^-?\d+(\.\d+)?$/.test(part));
    const both = isCoded ? parts : pair(written);
    return both && point(both[0], both[1], isCoded ? "en" : language);
  };

  const write = (value, decimals, language) => {
    const written = value.toFixed(decimals);
    const short = written.includes(".") ? written.replace(/\.?0+$/, "") : written;
    return short.replace(/^-0$/, "0").replace(".", sign(language));
  };

  const together = (parts) => parts.join(parts.join("").includes(",") ? "; " : ", ");

  return { line, pair, point, together, write };
})();
