// Making elements. Text is only ever set as text, never as markup.

/** An element with properties and children; `data` and `aria` are set as attributes, null ones are left out. */
export function make(tag, { data = {}, aria = {}, ...properties } = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(data)) element.dataset[name] = value;
  for (const [name, value] of Object.entries(aria)) if (value !== null) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button. */
export function button(label, press, properties = {}) {
  const made = make("button", { type: "button", textContent: label, ...properties });
  made.addEventListener("click", () => press(made));
  return made;
}

/** Makes a textarea as high as what is written in it. */
export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Enter does it, Shift and Enter makes a new line, Escape leaves. */
export function onEnter(area, done, left = () => {}) {
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") left();
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    done();
  });
  area.addEventListener("input", () => grow(area));
}
