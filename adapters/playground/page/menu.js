// A menu behind a button.

/** Opens and closes the menu in `root` by its first button, and hands the `data-choice` that was taken to `choose`. */
export function menu(root, choose) {
  const [toggle, list] = [root.querySelector("button"), root.querySelector(".menu")];
  const set = (open) => {
    list.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => {
    set(list.hidden);
    if (!list.hidden) list.querySelector("button:not([hidden])").focus();
  });
  list.addEventListener("click", (event) => {
    const choice = event.target.dataset.choice;
    if (!choice) return;
    set(false);
    toggle.focus();
    choose(choice);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || list.hidden) return;
    set(false);
    toggle.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!root.contains(event.target)) set(false);
  });
}
