/* Below [data-copied-from], every table of a .result can be copied (for Excel and Word), and one with bars also
   as a picture, drawn from the numbers of the table. Without script there are no such buttons. */
{
  const begin = (around) => {
    const words = around.dataset;

    /* In a picture, words that run the other way stand by themselves; in a cell such signs would be noise. */
    const textOf = (cell, isDrawn = false) => {
      const shown = cell.cloneNode(true);
      if (isDrawn) for (const other of shown.querySelectorAll("[dir]")) other.textContent = `\u2068${other.textContent}\u2069`;
      for (const unseen of shown.querySelectorAll(".unseen")) unseen.remove();
      const hidden = shown.querySelector("[aria-label]");
      return (shown.textContent.trim() || hidden?.getAttribute("aria-label") || "").replace(/\s+/gu, " ");
    };
    const rowsOf = (table) =>
      [...table.rows].map((row) => [...row.cells].filter((cell) => cell.getAttribute("aria-hidden") !== "true"));
    /* What programs take for a number: no spaces inside, none before the sign of percent. */
    const plain = (text) =>
      /^[\d\s.,%+−-]+$/u.test(text) ? text.replace(/\s/gu, "").replace("−", "-") : text;
    const about = (section, isDrawn) =>
      [section.querySelector("h2, h3"), section.querySelector("p.soft")].map((one) => (one ? textOf(one, isDrawn) : ""));
    const below = () => [words.copiedFrom, words.selected, words.made].filter(Boolean).join(" · ");

    const asText = (section, table) =>
      [
        ...about(section).filter(Boolean),
        ...rowsOf(table).map((cells) => cells.map((cell) => plain(textOf(cell))).join("\t")),
        below(),
      ].join("\n");

    const asMarkup = (section, table) => {
      const made = document.implementation.createHTMLDocument("");
      const [title, base] = about(section);
      const add = (name, text, to = made.body) => {
        const element = made.createElement(name);
        element.textContent = text;
        to.append(element);
        return element;
      };
      const style = getComputedStyle(section);
      add("p", "").append(add("strong", title));
      if (base) add("p", base);
      const copy = add("table", "");
      copy.setAttribute("border", "1");
      copy.setAttribute("cellpadding", "4");
      copy.setAttribute("dir", style.direction);
      for (const cells of rowsOf(table)) {
        const row = add("tr", "", copy);
        for (const cell of cells) {
          const isNumber = cell.classList.contains("number");
          const one = add(cell.tagName === "TH" ? "th" : "td", textOf(cell), row);
          one.setAttribute("align", isNumber === (style.direction === "ltr") ? "right" : "left");
        }
      }
      add("p", below());
      for (const part of [made.body.firstChild, ...made.querySelectorAll("p, table")]) part.setAttribute("dir", style.direction);
      return new XMLSerializer().serializeToString(made.body);
    };

    /* Lines of a text that is at most so wide. */
    const lines = (pen, text, width) => {
      const found = [""];
      for (const word of text.split(" ")) {
        const longer = found.at(-1) ? `${found.at(-1)} ${word}` : word;
        if (pen.measureText(longer).width <= width || !found.at(-1)) found[found.length - 1] = longer;
        else found.push(word);
      }
      return found;
    };

    const picture = (section, table) => {
      const WIDTH = 960, EDGE = 32, BAR = 22, SHARP = 2;
      const style = getComputedStyle(section);
      const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const isMirrored = style.direction === "rtl";
      const canvas = document.createElement("canvas");
      const pen = canvas.getContext("2d");
      const font = (size, weight = 400) => { pen.font = `${weight} ${size}px ${style.fontFamily}`; };
      const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector(".stripe rect"));
      const hasTwo = rows.some((row) => row.querySelectorAll(".stripe rect.second").length);
      const answered = table.querySelector("tr.base")?.cells;
      const head = rowsOf(table)[0].map((cell, place) => textOf(cell) + (answered ? ` (${textOf(answered[place])})` : ""));
      const [title, base] = about(section, true);

      font(20, 700);
      const titles = lines(pen, title, WIDTH - 2 * EDGE);
      font(14);
      const bases = base ? lines(pen, base, WIDTH - 2 * EDGE) : [];
      const feet = lines(pen, below(), WIDTH - 2 * EDGE);
      font(15);
      const labelled = rows.map((row) => ({
        label: lines(pen, textOf(row.cells[0], true), 300),
        numbers: rowsOf({ rows: [row] })[0].slice(1).map(textOf).filter(Boolean),
        bars: [...row.querySelectorAll(".stripe:last-child rect:not(.mark, .before)")],
      }));
      const high = ({ label }) => Math.max(label.length * 20, BAR) + 12;
      const key = hasTwo ? 30 : 0;
      const height = EDGE * 2 + titles.length * 27 + bases.length * 20 + 14 + key + labelled.reduce((sum, row) => sum + high(row), 0) + 14 + feet.length * 18;
      canvas.width = WIDTH * SHARP;
      canvas.height = height * SHARP;
      pen.scale(SHARP, SHARP);
      pen.direction = style.direction;
      pen.textAlign = "start";
      pen.textBaseline = "middle";
      const across = (x, width = 0) => (isMirrored ? WIDTH - x - width : x);
      const write = (text, x, y) => pen.fillText(text, across(x), y);
      pen.fillStyle = colour("--paper");
      pen.fillRect(0, 0, WIDTH, height);

      let y = EDGE;
      const block = (texts, size, weight, step, ink) => {
        font(size, weight);
        pen.fillStyle = colour(ink);
        for (const line of texts) { write(line, EDGE, y + step / 2); y += step; }
      };
      block(titles, 20, 700, 27, "--ink");
      block(bases, 14, 400, 20, "--soft");
      y += 14;
      const tints = [colour("--brand"), "#c98a00"];
      if (hasTwo) {
        font(14);
        let x = EDGE;
        for (const place of [0, 1]) {
          pen.fillStyle = tints[place];
          pen.fillRect(across(x, 14), y + 3, 14, 14);
          pen.fillStyle = colour("--ink");
          write(head[place + 1], x + 20, y + 11);
          x += pen.measureText(head[place + 1]).width + 50;
        }
        y += key;
      }
      const from = EDGE + 316;
      const room = WIDTH - EDGE - from - (hasTwo ? 250 : 170);
      for (const row of labelled) {
        font(15);
        pen.fillStyle = colour("--ink");
        const top = y + (high(row) - 12 - row.label.length * 20) / 2;
        row.label.forEach((line, place) => write(line, EDGE, top + place * 20 + 10));
        const middle = y + (high(row) - 12) / 2;
        let longest = 0;
        row.bars.forEach((bar, place) => {
          const width = (room * bar.width.baseVal.value) / 100;
          longest = Math.max(longest, width);
          pen.fillStyle = tints[bar.classList.contains("second") ? 1 : 0];
          const thick = row.bars.length > 1 ? BAR / 2 - 1 : BAR;
          pen.fillRect(across(from, width), middle - BAR / 2 + place * (thick + 2), width, thick);
        });
        pen.fillStyle = colour("--ink");
        write([...row.numbers].reverse().slice(0, hasTwo ? 4 : 2).reverse().join("  ·  "), from + longest + 10, middle);
        y += high(row);
      }
      y += 14;
      block(feet, 13, 400, 18, "--soft");
      return canvas;
    };
    const drawn = (section, table) =>
      new Promise((done, failed) => {
        picture(section, table).toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
      });

    /* Where the clipboard of the page may not be used (no https): select the table, and copy what is selected. */
    const selectAndCopy = (table) => {
      const range = document.createRange();
      range.selectNode(table);
      const selection = getSelection();
      selection.removeAllRanges();
      selection.addRange(range);
      return document.execCommand("copy");
    };
    const copyTable = async (section, table) => {
      if (!navigator.clipboard?.write) return selectAndCopy(table);
      const blob = (text, type) => new Blob([text], { type });
      await navigator.clipboard.write([
        new ClipboardItem({
          "text/html": blob(asMarkup(section, table), "text/html"),
          "text/plain": blob(asText(section, table), "text/plain"),
        }),
      ]);
      return true;
    };
    const copyPicture = async (section, table) => {
      await navigator.clipboard.write([new ClipboardItem({ "image/png": drawn(section, table) })]);
      return true;
    };
    const savePicture = async (section, table) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await drawn(section, table));
      link.download = `${section.id || "table"}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      return true;
    };

    const equip = (section) => {
      for (const table of section.querySelectorAll("table")) {
        const place = table.closest(".scroll") ?? table;
        if (place.nextElementSibling?.dataset.added) continue;
        const tools = document.createElement("div");
        tools.className = "give";
        tools.dataset.added = "1";
        const status = document.createElement("p");
        status.setAttribute("role", "status");
        const offer = (label, act, done) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "plain";
          button.textContent = label;
          button.setAttribute("aria-describedby", section.getAttribute("aria-labelledby"));
          button.addEventListener("click", async () => {
            status.textContent = "";
            const worked = await act(section, table).catch(() => false);
            status.textContent = worked ? done : words.notCopied;
          });
          tools.append(button);
        };
        offer(words.copyTable, copyTable, words.tableCopied);
        if (table.querySelector(".stripe rect")) {
          if (navigator.clipboard?.write) offer(words.copyPicture, copyPicture, words.pictureCopied);
          offer(words.savePicture, savePicture, words.pictureSaved);
        }
        tools.append(status);
        place.after(tools);
      }
    };
    around.querySelectorAll(".result").forEach(equip);
  };
  const beginAll = () => document.querySelectorAll("[data-copied-from]").forEach(begin);
  beginAll();
  document.addEventListener("consult:renewed", beginAll);
}
