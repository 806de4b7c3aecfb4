/* Shows, hides, calculates and filters while a page is answered, from the trees in [data-logic].

   The data is described in consult/responses/compiled_logic.py. Nothing is cleared before the page is sent, and
   the server decides everything again. What this engine cannot work out stays as the server left it. */
for (const script of document.querySelectorAll("[data-logic]")) {
  const { q: logic, v: earlier, w: words } = JSON.parse(script.textContent);
  const { evaluate, text, truth } = globalThis.consultExpressions;
  const form = script.closest("form") || document;
  const worked = {};

  const boxOf = (key) => document.getElementById(`q-${key}`);
  const inputsOf = (key) => [...boxOf(key).querySelectorAll(`[name="${CSS.escape(`q-${key}`)}"]`)];
  const isPicked = (input) => input.checked && !input.parentNode.hidden;
  const isButton = (input) => input && /radio|checkbox/.test(input.type);

  /* A number as the server reads it (questions/digits.py). In these scripts the last four bits of a digit are its
     value; a comma or point alone parts thousands only where the language does so, before every third digit. */
  const grouping = (1e9).toLocaleString(`${script.closest("[lang]").lang}-u-nu-latn`).match(/[,.]|$/)[0];
  const western = (written) => {
    const plain = written.replace(/[٠-٩۰-۹０-９]/g, (digit) => digit.charCodeAt(0) & 15)
      .replace(/[\s_'’٬]/g, "").replace(/٫/g, ".").replace(/،/g, ",");
    const [first, second] = plain.match(/[,.]/g) || [];
    const group = second ? first : grouping;
    const isParted = new RegExp(`^[+-]?\\d{1,3}([${group}]\\d{3})+([^${group}\\d]\\d*)?$`).test(plain);
    return (isParted ? plain.replaceAll(group, "") : plain).replace(",", ".");
  };

  const ranked = (box) => [...box.querySelectorAll("[data-place]")]
    .filter((input) => input.value)
    .sort((a, b) => western(a.value) - western(b.value))
    .map((input) => input.name.split("/")[1]).join(" ");

  /* What expressions read. */
  const answer = (key) => {
    const box = boxOf(key);
    if (!box) return worked[key] ?? earlier[key] ?? "";
    if (box.hidden) return "";
    const inputs = inputsOf(key);
    if (!inputs[0]) return box.answer ? box.answer(western) : ranked(box);
    if (isButton(inputs[0])) return inputs.filter(isPicked).map((input) => input.value).join(" ");
    if (inputs[0].answer) return inputs[0].answer(western);
    const written = inputs[0].value.trim();
    return inputs[0].inputMode ? western(written) : written;
  };

  /* What people read. */
  const shown = (key) => {
    if (!boxOf(key)) return text(answer(key));
    const inputs = inputsOf(key);
    if (isButton(inputs[0])) return inputs.filter(isPicked).map((input) => input.nextSibling.textContent).join("; ");
    return (inputs[0]?.selectedOptions?.[0] || { text: inputs[0]?.value || "" }).text;
  };

  const labelled = (key, code) => {
    const input = boxOf(key)?.querySelector(`[value="${CSS.escape(code)}"]`);
    return input ? input.text || input.nextSibling.textContent : code;
  };

  const result = (tree, key, attributes = {}) => evaluate(tree, {
    value: answer, own: answer(key), attributes, now: Date.now(), label: labelled,
    offset: (ms) => -new Date(ms).getTimezoneOffset(), language: document.documentElement.lang,
  });

  const tried = (work) => {
    try {
      work();
    } catch { /* the server decides */ }
  };

  const filter = (key, { f, a }) => {
    for (const input of boxOf(key).querySelectorAll("label > input, option[value]:not([value=''])")) {
      if (input.matches("[data-detail]")) continue;
      const code = input.dataset.place === undefined ? input.value : input.name.split("/")[1];
      input.disabled = !truth(result(f, key, a[code]));
      (input.closest("label") || input).hidden = input.disabled;
    }
  };

  /* What a trigger sets keeps its value until one changes after the page was opened. */
  const isAsBefore = (key) => answer(key) === (earlier[`=${key}`] ??= answer(key));

  const settle = (key) => {
    const { r, k, t, f, n } = logic[key];
    const box = boxOf(key);
    const isAsked = !r || truth(result(r, key));
    if (box && r) box.hidden = !isAsked;
    if (k) {
      const isKept = t?.every(isAsBefore);
      const value = isAsked ? isKept ? answer(`~${key}`) : result(k, key) : "";
      const input = box && inputsOf(key)[0];
      if (!box) worked[key] = value === value ? value : "";
      else if (input?.readOnly) input.value = text(value);
    }
    if (f) filter(key, logic[key]);
    if (n) box.querySelector(".need").textContent = words[truth(result(n, key)) ? 0 : 1];
  };

  const update = () => {
    /* Once for every link of the longest chain a page has in practice. */
    for (let pass = 0; pass < 4; pass++) for (const key in logic) tried(() => settle(key));
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-question]:not([hidden])");
    }
    for (const place of document.querySelectorAll("[data-piped]")) {
      const key = place.dataset.piped;
      if (boxOf(key) || key in worked) place.textContent = shown(key);
    }
  };

  /* Says at once what the author's constraint says, and takes it back once it holds. */
  const check = (key) => {
    const { c, m, l } = logic[key] || {};
    const box = boxOf(key);
    if (!c || !box) return;
    const id = `q-${key}:error`;
    const isFine = answer(key) === "" || truth(result(c, key));
    const said = document.getElementById(id);
    if (isFine) said?.remove();
    else if (!said) {
      const message = document.createElement("p");
      message.className = "wrong-because";
      message.id = id;
      message.role = "alert";
      if (l) message.lang = l;
      message.dir = "auto";
      message.textContent = m.map((piece, place) => (place % 2 ? shown(piece) : piece)).join("");
      const head = box.firstElementChild;
      if (head.tagName === "TH") head.append(message);
      else head.after(message);
    }
  };

  /* Tells the server that nothing was hidden from this person which an answer has revealed. */
  const live = document.createElement("input");
  live.type = "hidden";
  live.name = "live";
  live.value = "1";
  form.append(live);

  /* A message that appears while a button is pressed would push the button away from under the finger. */
  const checkSoon = (key) => setTimeout(() => {
    if (document.querySelector("button:active")) checkSoon(key);
    else tried(() => check(key));
  }, 150);

  form.addEventListener("input", update);
  form.addEventListener("change", ({ target }) => {
    const box = target.closest("[data-question]");
    if (box) checkSoon(box.id.slice(2));
    update();
  });
  update();
}
