/* Looks every two seconds how far what stands under data-follow is. Without script a link does the same. What
   is being read or pressed stays: only words and bar move, until the state changes. */
{
  const followed = () => [...document.querySelectorAll("[data-follow]")];
  const news = document.querySelector("[data-follow-news]");
  for (const link of document.querySelectorAll("[data-without-script]")) link.hidden = followed().length > 0;

  const renew = (old, fresh) => {
    if (old.dataset.state === fresh.dataset.state) {
      for (const name of ["[data-said]", "progress"]) {
        const [before, after] = [old.querySelector(name), fresh.querySelector(name)];
        if (before && after && name === "progress") before.value = after.value;
        else if (before && after) before.textContent = after.textContent;
      }
      return;
    }
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (hadFocus) fresh.querySelector("a, button")?.focus();
    if (news && !fresh.hasAttribute("data-follow")) news.textContent = fresh.querySelector("p").textContent;
  };

  const look = async () => {
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (reply.ok && !reply.redirected) {
        const page = new DOMParser().parseFromString(await reply.text(), "text/html");
        for (const old of followed()) {
          const fresh = page.getElementById(old.id);
          if (fresh) renew(old, document.importNode(fresh, true));
          else if ("reload" in old.dataset) location.reload();
        }
      }
    } catch {
      /* No connection: the next look may have one. */
    }
    if (followed().length) setTimeout(look, 2000);
  };
  if (followed().length) setTimeout(look, 1000);
}
