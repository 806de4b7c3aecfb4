/* The language of logic in the browser: what a syntax tree comes to in a context.

   The twin of consult/expressions (docs/logic.md): the same trees, values and vectors (tests/vectors/logic.json).
   It has no parser and runs no text as code. What it lacks (digest, base64, random, uuid, a pattern that only the
   server's engine reads) throws: then the page stays as it is and the server decides.

   The functions are in expression-functions.js, which is loaded next.

   consultExpressions.evaluate(tree, context) → text, number, truth or list of nodes
   context: {value(key), own, attributes, now, offset(ms), language, label(key, code), version, node}
     now     milliseconds since 1970; offset(ms): minutes by which local time is ahead of UTC then
     node    {name, text, parent, children}, only where paths are used */
((root) => {
  "use strict";

  const DAY = 864e5;
  const ZONE = "(Z|[+-](?:0\\d|1[0-4]):?[0-5]\\d)?$";
  const CLOCK = "([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d(?:\\.\\d{1,9})?))?" + ZONE;
  const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
  const TIME = new RegExp("^" + CLOCK);
  const MOMENT = new RegExp("^(\\d{4}-\\d\\d-\\d\\d)T" + CLOCK);
  const NUMBER = /^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?[ \t\r\n]*$/;

  /* ---- values ---- */
  const isList = Array.isArray;
  const isText = (value) => typeof value === "string";
  const listed = (value) => (isList(value) ? value : []);
  const isTruth = (value) => typeof value === "boolean";
  const text = (value) => {
    if (isList(value)) return value.length ? value[0].text : "";
    return typeof value === "number" ? written(value) : String(value);
  };
  /* XPath knows no exponents: 1e-7 is 0.0000001. */
  const written = (value) => {
    if (Number.isInteger(value) && Math.abs(value) > 1e15) return String(BigInt(value));
    const [digits, places] = String(value).split("e-");
    if (!places) return digits;
    return (value < 0 ? "-0." : "0.") + "0".repeat(places - 1) + digits.replace(/[-.]/g, "");
  };
  const number = (value) => {
    if (typeof value === "number") return value;
    if (isTruth(value)) return +value;
    const given = text(value);
    return NUMBER.test(given) ? parseFloat(given) : Math.floor(local(given) / DAY);
  };
  const truth = (value) => Boolean(isList(value) ? text(value) : value);
  const parts = (value) => (isList(value) ? value.map((node) => node.text) : [value]);
  const some = (value) => (isList(value) && !value.length ? [""] : parts(value));
  const codes = (value) => text(value).split(/\s+/).filter(Boolean);
  const signs = (value) => Array.from(text(value));

  /* ---- dates: milliseconds of the instant, and of what is written (local) ---- */

  const two = (value) => String(value).padStart(2, "0");
  const dayOf = (value) => {
    const [, year, month, day] = DATE.exec(value) || [];
    const stamp = `${year}-${two(month)}-${two(day)}`;
    const ms = year > 0 ? Date.parse(stamp + "T00:00Z") : NaN;
    return stampOf(ms).slice(0, 10) === stamp ? ms : NaN;
  };
  const stampOf = (ms) => (ms >= -62135596800000 && ms < 253402300800000 ? new Date(ms).toISOString() : "");
  const clock = (hours, minutes, seconds) =>
    (hours * 60 + +minutes) * 6e4 + Math.floor((seconds || 0) * 1000 + 1e-6);
  const ahead = (zone) =>
    !zone || zone === "Z" ? 0 : (zone[0] + 1) * (zone.slice(1, 3) * 60 + +zone.slice(-2)) * 6e4;
  const local = (value) => {
    const [, date, ...time] = MOMENT.exec(value) || [];
    return date ? dayOf(date) + clock(...time) : dayOf(value);
  };
  /* What says no zone is in that of the context. */
  const instant = (value, context) => {
    const at = local(value);
    const zone = (MOMENT.exec(value) || [])[5];
    return at - (zone ? ahead(zone) : context.offset(at - context.offset(at) * 6e4) * 6e4);
  };
  const dateIn = (value) => stampOf(local(value)).slice(0, 10);
  const momentAt = (ms, context) => {
    const offset = context.offset(ms);
    const stamp = stampOf(ms + offset * 6e4);
    const zone = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map(two).join(":");
    return stamp && stamp.slice(0, -1) + (offset < 0 ? "-" : "+") + zone;
  };
  /* As a date or moment: whole days are a date. */
  const dated = (value, context) => {
    if (isTruth(value)) return "";
    if (typeof value !== "number") return text(value);
    return value % 1 ? momentAt(Math.floor(value * DAY + 0.5), context) : stampOf(value * DAY).slice(0, 10);
  };
  const dateTime = (context, value) => {
    const given = dated(value, context);
    if (value !== value) return value;
    return MOMENT.test(given) && !isNaN(local(given)) ? momentAt(instant(given, context), context) : dateIn(given);
  };
  const decimalDate = (context, value) => {
    if (isTruth(value)) return NaN;
    const at = typeof value === "number" ? NaN : instant(text(value), context) / DAY;
    return isNaN(at) ? number(value) : at;
  };
  const decimalTime = (context, value) => {
    const [whole, hours, minutes, seconds, zone] = TIME.exec(text(value)) || [];
    if (!whole) return NaN;
    const at = clock(hours, minutes, seconds) - ahead(zone) + (zone ? context.offset(context.now) * 6e4 : 0);
    return (((at % DAY) + DAY) % DAY) / DAY;
  };
  /* Where the parts of a date stand in 2026-03-05T09:30:00.000Z. */
  const FIELDS = { Y: [0, 4], y: [2, 4], m: [5, 7], d: [8, 10], H: [11, 13], M: [14, 16], S: [17, 19], 3: [20, 23] };
  const formatDate = (context, value, pattern) => {
    const given = dated(value, context);
    const ms = local(TIME.test(given) ? `${functions.today(context)}T${given}` : given);
    if (isNaN(ms)) return "";
    const at = new Date(ms);
    const stamp = at.toISOString();
    const name = (part, width) => {
      const wanted = { timeZone: "UTC", [part]: width, ...(part === "month" && { day: "numeric" }) };
      const pieces = new Intl.DateTimeFormat(context.language, wanted).formatToParts(at);
      return pieces.find((piece) => piece.type === part).value;
    };
    return text(pattern).replace(/%([YymndeHhMS3bBaA%])/g, (_, code) => {
      if (FIELDS[code]) return stamp.slice(...FIELDS[code]);
      if ("neh".includes(code)) return +stamp.slice(...FIELDS[{ n: "m", e: "d", h: "H" }[code]]);
      return code === "%" ? code : name(/b/i.test(code) ? "month" : "weekday", code < "a" ? "long" : "short");
    });
  };

  /* ---- comparison: a list is equal or less if one of its nodes is ---- */

  const areOneDay = (x, y) => x[4] === "-" && y[4] === "-" && x.length > 10 !== y.length > 10 && number(x) === number(y);
  const near = (x, y) => x === y || Math.abs(x - y) < 1e-12;
  const equal = (a, b, negated) => {
    if (isTruth(a) || isTruth(b)) return (truth(a) === truth(b)) !== negated;
    return some(a).some((x) => some(b).some((y) =>
      (isText(x) && isText(y) ? x === y || areOneDay(x, y) : near(number(x), number(y))) !== negated));
  };
  const ORDERS = { "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b };
  const ordered = (a, b, holds) => parts(a).some((x) => parts(b).some((y) => holds(number(x), number(y))));

  /* ---- paths ---- */

  const descend = (node) => [node, ...node.children.flatMap(descend)];
  const ascend = (node) => (node ? [node, ...ascend(node.parent)] : []);
  const top = (node) => ascend(node).pop();
  const AXES = {
    child: (node) => node.children, self: (node) => [node], parent: (node) => ascend(node.parent).slice(0, 1),
    descendant: (node) => descend(node).slice(1), "descendant-or-self": descend,
    ancestor: (node) => ascend(node.parent), "ancestor-or-self": ascend,
  };
  const inOrder = (nodes) => {
    const wanted = new Set(nodes);
    return wanted.size > 1 ? descend(top(nodes[0])).filter((node) => wanted.has(node)) : [...wanted];
  };
  const filtered = (nodes, predicates, context) => predicates.reduce((left, predicate) =>
    left.filter((node, index) => {
      const origin = context.origin || context.node;
      const place = { node, own: [node], position: index + 1, size: left.length, origin };
      const value = evaluate(predicate, { ...context, ...place });
      return typeof value === "number" ? value === index + 1 : truth(value);
    }), nodes);
  const walk = (start, steps, context) => {
    const here = context.node ? [context.node] : [];
    const from = start === null ? here : start === "/" ? here.map(top) : evaluate(start, context);
    return steps.reduce((nodes, [axis, name, ...predicates]) => inOrder(nodes.flatMap((node) =>
      filtered(AXES[axis](node).filter((each) =>
        name === "node()" || each.name === name || (name === "*" && each.parent)), predicates, context))),
    listed(from));
  };

  /* ---- trees: conditions are lazy, what does not count never runs ---- */

  const call = ([, name, ...args], context) => {
    if (name === "if") return evaluate(args[truth(evaluate(args[0], context)) ? 1 : 2], context);
    if (name === "indexed-repeat") {
      const key = (of) => (of[0] === "v" ? of[1] : of[of.length - 1][1]);
      const pairs = args.slice(1).flatMap((arg, at, all) => (at % 2 ? [] : [[arg, all[at + 1]]]));
      const places = pairs.map(([repeat, place]) => [key(repeat), number(evaluate(place, context))]);
      return context.indexed ? context.indexed(key(args[0]), places) : "";
    }
    if (name === "once" && text(context.own) !== "") return context.own;
    if (name === "coalesce" || name === "once") {
      let value = "";
      for (const arg of args) {
        value = evaluate(arg, context);
        if (value === value && text(value) !== "") return value;
      }
      return value === value ? value : "";
    }
    return functions[name](context, ...args.map((arg) => evaluate(arg, context)));
  };
  const evaluate = (tree, context) => {
    const at = (place) => evaluate(tree[place], context);
    switch (tree[0]) {
      case "n":
      case "s": return tree[1];
      case "v": return context.value(tree[1]);
      case ".": return context.own;
      case "a": return context.attributes[tree[1]] ?? "";
      case "f": return call(tree, context);
      case "or": return tree.some((part, place) => place && truth(evaluate(part, context)));
      case "and": return tree.every((part, place) => !place || truth(evaluate(part, context)));
      case "+": return tree.slice(1).reduce((sum, part) => sum + number(evaluate(part, context)), 0);
      case "neg": return -number(at(1));
      case "*": return number(at(1)) * number(at(2));
      case "div": return number(at(1)) / number(at(2));
      case "mod": return number(at(1)) % number(at(2));
      case "=":
      case "!=": return equal(at(1), at(2), tree[0] === "!=");
      case "|": return inOrder([...listed(at(1)), ...listed(at(2))]);
      case "p": return walk(tree[1], tree.slice(2), context);
      case "[": return filtered(listed(at(1)), tree.slice(2), context);
      default: return ordered(at(1), at(2), ORDERS[tree[0]]);
    }
  };

  /* Filled by expression-functions.js: arguments evaluated, the context first. */
  const functions = {};
  Object.assign(functions, {
    now: (context) => momentAt(context.now, context), today: (context) => dateIn(momentAt(context.now, context)),
    date: (context, value) => value !== value ? value : dateIn(dated(typeof value === "number" ? Math.floor(value) : value, context)),
    "date-time": dateTime, "decimal-date-time": decimalDate, "decimal-time": decimalTime,
    "format-date": formatDate, "format-date-time": formatDate,
  });
  root.consultExpressions = { evaluate, truth, number, text, functions, codes, parts };
})(globalThis);
