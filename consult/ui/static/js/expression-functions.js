/* The functions of the language of logic in the browser (consult/expressions/functions): values in, a value out.

   What is not here (digest, base64, random, uuid, what reads tables or translations) is left to the server. */
(() => {
  "use strict";

  const { functions, truth, number, text, codes, parts } = globalThis.consultExpressions;
  const isList = Array.isArray;
  const signs = (value) => Array.from(text(value));

  /* ---- functions: arguments evaluated, the context first ---- */

  const patterns = {};
  /* A repeated group in which something repeats or differs can take this engine for ever, the server's never. */
  const matches = (pattern, given) => {
    if (given.length > 1e3 || /[+*}|][^(]*\)[+*{]/.test(pattern)) throw new Error("left to the server");
    const bare = pattern.replace(/^\(\?i\)/, "");
    const flags = bare === pattern ? "" : "i";
    try {
      patterns[pattern] ??= new RegExp(`^(?:${bare})$`, flags + "u");
    } catch {
      patterns[pattern] = new RegExp(`^(?:${bare})$`, flags);
    }
    return patterns[pattern].test(given);
  };
  const rounded = (given, places) => {
    const shift = Math.max(-300, Math.min(300, Math.trunc(places)));
    if (!isFinite(given) || isNaN(shift)) return isNaN(shift) ? NaN : given;
    const moved = (value, by) => {
      const [digits, power] = String(value).split("e");
      return +`${digits}e${+(power || 0) + by}`;
    };
    const scaled = moved(Math.abs(given), shift);
    return isFinite(scaled) ? (given < 0 ? -1 : 1) * moved(Math.round(scaled), -shift) : given;
  };
  const substring = (_, value, start, length) => {
    const whole = signs(value);
    const half = (given) => Math.floor(number(given) + 0.5);
    const first = half(start);
    const last = length === undefined ? Infinity : first + half(length);
    if (isNaN(first) || isNaN(last)) return "";
    return whole.slice(Math.max(first, 1) - 1, Math.max(Math.min(last, whole.length + 1) - 1, 0)).join("");
  };
  const extreme = (choose) => (_, ...values) => {
    const found = values.flatMap(parts).map(number).filter((each) => each === each);
    return found.length ? choose(...found) : NaN;
  };
  const counted = (few, many, weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return (number(few) < 0 || total >= number(few)) && (number(many) < 0 || total <= number(many));
  };
  const weighed = (_, few, many, ...pairs) => {
    const [answers, weights] = [0, 1].map((odd) => pairs.filter((_each, place) => place % 2 === odd).flatMap(parts));
    return counted(few, many, weights.map(number).filter((_each, place) => truth(answers[place] ?? "")));
  };
  const placeOf = (context, of) => {
    if (!isList(of)) return context.position || 1;
    if (!of.length || !of[0].parent) return of.length ? 1 : NaN;
    return of[0].parent.children.filter((node) => node.name === of[0].name).indexOf(of[0]) + 1;
  };
  const joined = (glue, values) => {
    const built = values.flatMap(parts).map(text).join(glue);
    if (built.length > 1e5) throw new Error("too long");
    return built;
  };
  const named = (_, value) => (isList(value) && value.length ? value[0].name : "");
  const MATH = "abs pow exp log log10 sqrt sin cos tan asin acos atan atan2".split(" ");
  Object.assign(functions, {
    ...Object.fromEntries(MATH.map((name) => [name, (_, ...values) => Math[name](...values.map(number))])),
    "weighted-checklist": weighed, substring, position: placeOf, name: named,
    selected: (_, chosen, code) => ` ${text(chosen).trim()} `.includes(` ${text(code).trim()} `),
    "selected-at": (_, chosen, place) => codes(chosen)[Math.trunc(number(place))] || "",
    "count-selected": (_, chosen) => codes(chosen).length,
    "jr:choice-name": (context, code, key) => {
      const name = text(key).trim().replace(/^\$\{|\}$/g, "").split("/").pop().trim();
      return codes(code).map((each) => context.label(name, each)).join(", ");
    },
    checklist: (_, few, many, ...answers) => counted(few, many, answers.flatMap(parts).map((each) => +truth(each))),
    true: () => true, false: () => false, pi: () => Math.PI,
    not: (_, value) => !truth(value), boolean: (_, value) => truth(value),
    "boolean-from-string": (_, value) => /^(1|true)$/.test(text(value)),
    string: (_, value) => text(value), "string-length": (_, value) => signs(value).length,
    concat: (_, ...values) => joined("", values),
    join: (_, glue, ...values) => joined(text(glue), values),
    contains: (_, value, part) => text(value).includes(text(part)),
    "starts-with": (_, value, part) => text(value).startsWith(text(part)),
    "ends-with": (_, value, part) => text(value).endsWith(text(part)),
    substr: (_, value, start, end = Infinity) =>
      isNaN(number(start)) || isNaN(number(end)) ? "" : signs(value).slice(number(start), number(end)).join(""),
    "substring-before": (_, value, mark) => text(value).slice(0, Math.max(text(value).indexOf(text(mark)), 0)),
    "substring-after": (_, value, mark) =>
      text(value).includes(text(mark)) ? text(value).slice(text(value).indexOf(text(mark)) + text(mark).length) : "",
    translate: (_, value, from, to) => signs(value).map((sign) => {
      const place = signs(from).indexOf(sign);
      return place < 0 ? sign : signs(to)[place] || "";
    }).join(""),
    "normalize-space": (_, value) => text(value).replace(/[ \t\r\n]+/g, " ").replace(/^ | $/g, ""),
    regex: (_, value, pattern) => matches(text(pattern), text(value)),
    version: (context) => context.version || "",
    number: (_, value) => number(value), 
    int: (_, value) => Math.trunc(number(value)) + 0,
    round: (_, value, places = 0) => rounded(number(value), number(places)),
    floor: (_, value) => Math.floor(number(value)) + 0,
    ceiling: (_, value) => Math.ceil(number(value)) + 0,
    exp10: (_, value) => (Number.isInteger(number(value)) ? +`1e${number(value)}` : 10 ** number(value)),
    min: extreme(Math.min), max: extreme(Math.max),
    sum: (_, value) => (value === "" ? 0 : parts(value).map(number).reduce((a, b) => a + b, 0)),
    count: (_, value) => (isList(value) ? value.length : +(value !== "")),
    "count-non-empty": (_, value) => parts(value).filter((each) => text(each) !== "").length,
    last: (context) => context.size || 1,
    index: (context, of) => (context.itemNumber ? context.itemNumber(named(0, of)) : NaN),
    current: (context) => [context.origin || context.node].filter(Boolean),
    "local-name": (_, value) => named(_, value).split(":").pop(),
  });
})();
