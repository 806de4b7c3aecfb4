/* While a survey runs, #numbers keeps up with it. Asks a tiny address what the mark is now, never while nobody
   looks; when it has changed, takes the page anew and changes words and bars where they stand, so that focus,
   place and selection stay. The longer the page takes, the seldomer it is asked for. Can be paused. */
for (const box of document.querySelectorAll("[data-live]")) {
  const words = box.dataset;
  const EVERY = 15000;
  const UNATTENDED = { headers: { "X-Unattended": "1" } };
  let { mark } = words;
  let responses = Number(words.responses);
  let paused = false;
  let over = false;
  let slow = 0;
  let timer = 0;

  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  box.querySelector("[data-without-live]").hidden = true;
  box.append(said, button);

  const say = (text) => { if (said.textContent !== text) said.textContent = text; };
  const counted = (text, number) => text.replace("{number}", number);
  const show = () => {
    button.textContent = paused ? words.goOn : words.pause;
    box.classList.toggle("paused", paused || over);
    button.hidden = over;
  };
  const end = (text) => { over = true; clearTimeout(timer); say(text); show(); };

  /* Whether the children of both are alike, so that only texts and numbers differ. */
  const alike = (old, fresh) => old.nodeName === fresh.nodeName && old.id === fresh.id;
  const renew = (old, fresh) => {
    if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    for (const { name, value } of fresh.attributes ?? []) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    for (const { name } of [...(old.attributes ?? [])]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    const own = [...old.childNodes].filter((node) => !node.dataset?.added);
    const theirs = [...fresh.childNodes];
    theirs.forEach((node, place) => {
      if (own[place] && alike(own[place], node)) renew(own[place], node);
      else if (own[place]) own[place].replaceWith(document.importNode(node, true));
      else old.append(document.importNode(node, true));
    });
    for (const left of own.slice(theirs.length)) left.remove();
  };

  const refresh = async () => {
    const began = performance.now();
    const reply = await fetch(location.href, UNATTENDED);
    if (reply.redirected || !reply.ok) return end(words.out);
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    slow = performance.now() - began;
    const fresh = page.getElementById("numbers");
    const newer = page.querySelector("[data-live]");
    if (!fresh) return end(words.out);
    renew(document.getElementById("numbers"), fresh);
    document.dispatchEvent(new Event("consult:renewed"));
    if (!newer) return end(words.over);
    const more = Number(newer.dataset.responses) - responses;
    ({ mark } = newer.dataset);
    responses = Number(newer.dataset.responses);
    say(more === 1 ? words.one : more > 1 ? counted(words.many, more) : words.changed);
    return undefined;
  };

  const look = async () => {
    timer = 0;
    if (document.hidden || over) return;
    try {
      const reply = await fetch(words.live, UNATTENDED);
      if (reply.redirected || reply.status === 403) return end(words.out);
      if (reply.ok) {
        const now = await reply.json();
        if (now.mark !== mark) {
          if (paused) say(counted(words.waiting, now.responses - responses));
          else await refresh();
        }
        if (!now.is_open) return end(words.over);
      }
    } catch {
      say(words.lost);
    }
    wait();
    return undefined;
  };
  /* At most a twentieth of the server's time for each who looks. */
  const wait = () => { if (!timer && !over && !document.hidden) timer = setTimeout(look, Math.max(EVERY, 20 * slow)); };

  button.addEventListener("click", () => {
    paused = !paused;
    say(paused ? words.off : words.on);
    show();
    if (!paused) { clearTimeout(timer); look(); }
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { clearTimeout(timer); timer = 0; } else if (!timer) look();
  });
  say(words.on);
  show();
  wait();
}
