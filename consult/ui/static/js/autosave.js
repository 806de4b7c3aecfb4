/* Keeps a form with data-autosave as a draft while it is filled in: two seconds after the last change, and
   when the page is left. What could not be sent is sent again when the connection is back. */
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let isChanged = false;
  let isSending = false;

  const send = async () => {
    if (isSending || !isChanged) return;
    isSending = true;
    isChanged = false;
    const body = new FormData(form);
    body.set("autosave", "1");
    try {
      const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(body), keepalive: true });
      if (!reply.ok || reply.redirected) throw new Error("not kept");
      status.textContent = status.dataset.savedText;
    } catch {
      isChanged = true;
      status.textContent = status.dataset.lostText;
      clearTimeout(timer);
      timer = setTimeout(send, 10000);
    }
    isSending = false;
  };

  form.addEventListener("input", () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(send, 2000);
  });
  /* Without a connection the page would be gone with what was typed into it. A press once more goes through, for
     browsers that take themselves to be cut off. */
  let isWarned = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine && !isWarned) {
      event.preventDefault();
      isWarned = true;
      status.textContent = status.dataset.lostText;
      return;
    }
    isChanged = false;
  });
  window.addEventListener("online", () => {
    isWarned = false;
    send();
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
}
