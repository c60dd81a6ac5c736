/* Gives a refusal the focus that it asks for. The theme hides the page until its scripts have run, and a browser gives
   no focus to what is hidden: without this file autofocus works only when the scripts were quick. */
document.addEventListener("alpine:initialized", () => {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.querySelector("[autofocus]")?.focus();
  });
});
