/* The theme: light, dark, or the system's. Stored where the console stores its own choice, so that both follow one.
   Runs in the head, before the first paint; the menu's buttons carry data-theme-choice. */
(() => {
  "use strict";
  const KEY = "adminTheme"; // The console writes JSON under this name: "auto", "light" or "dark".
  const CHOICES = ["auto", "light", "dark"];
  const root = document.documentElement;

  const read = () => {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY));
      return CHOICES.includes(stored) ? stored : "auto";
    } catch {
      return "auto"; // Storage is blocked or holds something else: follow the system.
    }
  };

  const show = (choice) => {
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
    }
  };

  const keep = (choice) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(choice));
    } catch {
      // Storage is blocked: the choice lasts for this page only.
    }
  };

  show(read());
  addEventListener("DOMContentLoaded", () => show(read()));
  addEventListener("storage", (event) => event.key === KEY && show(read()));
  addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-theme-choice]");
    if (!button) return;
    keep(button.dataset.themeChoice);
    show(button.dataset.themeChoice);
  });
})();
