/* Gives the focus back, and keeps what was opened open, when a part of the page is read again. Without it the page
   still works: it only forgets where one was. Nothing is measured or sent. */
(() => {
  const FOCUSABLE = "a[href], button, summary";
  let focused = null;
  let opened = [];
  const nameOf = (element) => `${element.getAttribute("href") || ""} ${element.textContent.trim()}`;
  const sameAs = (name, root) => [...root.querySelectorAll(FOCUSABLE)].find((element) => nameOf(element) === name);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const part = event.detail.target;
    focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    opened = [...part.querySelectorAll("details")].map((details) => details.open);
  });
  document.addEventListener("htmx:afterSettle", () => {
    const part = document.getElementById("live");
    if (!part) return;
    [...part.querySelectorAll("details")].forEach((details, place) => {
      details.open = Boolean(opened[place]);
    });
    if (focused !== null) sameAs(focused, part)?.focus({ preventScroll: true });
    focused = null;
  });
})();
