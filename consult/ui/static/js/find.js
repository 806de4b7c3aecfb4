/* Lists that are searched: what matches is asked for while people type, and whenever another answer of the page
   changes, since that can change what is offered. Answers go in the body of the request, never in an address. */
for (const search of document.querySelectorAll("[data-find]")) {
  const box = search.closest("[data-question]");
  const form = box.closest("form");
  const input = search.querySelector("[type=search]");
  const button = search.querySelector("button");
  const status = box.querySelector("[data-found]");
  const matches = box.querySelector("[data-matches]");
  let asked = 0;
  let waiting;

  const sent = () => {
    const body = new FormData(form, button);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    body.set("fragment", "yes");
    return body;
  };

  const show = (html) => {
    const found = new DOMParser().parseFromString(html, "text/html");
    const words = found.querySelector("[data-found]");
    if (!words) return;
    const focused = matches.contains(document.activeElement) && document.activeElement.value;
    status.replaceChildren(...words.childNodes);
    matches.replaceChildren(...found.querySelector("[data-matches]").childNodes);
    /* What a search brings back is not stored by it: to unsent.js it is an answer of this page. */
    for (const chosen of matches.querySelectorAll(":checked")) {
      chosen.defaultChecked = false;
      chosen.checked = true;
    }
    search.querySelector("[type=hidden]").value = input.value;
    if (focused) [...matches.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const ask = async () => {
    clearTimeout(waiting);
    const turn = ++asked;
    try {
      const reply = await fetch(location.href, { method: "POST", body: sent() });
      const html = await reply.text();
      if (reply.ok && turn === asked) show(html);
    } catch {
      /* Without a connection the button still says so. */
    }
  };

  const askSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  };

  /* What was chosen before the page was loaded again; see unsent.js. */
  if (matches.querySelector("input[hidden]")) ask();
  input.addEventListener("input", askSoon);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    ask();
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("change", ({ target }) => {
    if (!box.contains(target)) askSoon();
  });
}
