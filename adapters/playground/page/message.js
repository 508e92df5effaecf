// One message of a chat.

import { button, grow, make, onEnter } from "./elements.js";
import { clockTime } from "./clock.js";

const NAMES = { ana: "Ana", ben: "Ben", bot: "Leeway" };

/** The element of a message; `act` has what can be done: press(token, button), open(link), edit(id, text). */
export function messageElement(message, act) {
  const own = message.author !== "bot";
  const stamp = `${message.author} ${clockTime(message.at)}`; // said by the same in the same minute: one time for both
  const element = make("div", { className: own ? "message own" : "message", data: { id: message.id, stamp } });
  element.append(
    make("span", { className: "unseen", textContent: `${NAMES[message.author]}: ` }),
    body(message),
    ...[link(message, act), file(message), choices(message, act), sides(message, act)].filter(Boolean),
    foot(message, own, () => edit(element, message, act)),
  );
  return element;
}

function body(message) {
  const bubble = make("div", { className: "bubble" });
  if (message.kind === "text") {
    bubble.append(make("p", { className: "text", dir: "auto", textContent: message.text }));
  } else if (message.kind === "voice") {
    const wave = make("div", { className: "wave", aria: { hidden: "true" } });
    for (let bar = 0; bar < 26; bar += 1) wave.append(make("i"));
    bubble.append(wave, make("span", { className: "unseen", textContent: "Voice message" }));
  } else {
    bubble.classList.add("bare");
    bubble.append(message.kind === "photo" ? photo() : make("img", { src: "/icon.svg", alt: "Sticker" }));
  }
  return bubble;
}

function photo() {
  const picture = make("div", { className: "picture", aria: { label: "Photo" } });
  picture.setAttribute("role", "img");
  return picture;
}

function foot(message, own, startEdit) {
  const at = make("time", { textContent: clockTime(message.at) });
  const edited = message.edited ? make("span", { textContent: "edited" }) : null;
  const canEdit = own && message.kind === "text" && !message.text.startsWith("/");
  const change = canEdit ? button("edit", startEdit, { className: "edit" }) : null;
  if (change) change.setAttribute("aria-label", "Edit this message");
  return make("div", { className: "foot" }, change, edited, at);
}

function link(message, act) {
  if (!message.link) return null;
  const element = make("a", {
    className: "link",
    href: `/?open=${encodeURIComponent(message.link.code)}`,
    textContent: `Open on ${NAMES[message.link.phone]}’s phone`,
  });
  element.addEventListener("click", (event) => {
    event.preventDefault();
    act.open(message.link);
  });
  return element;
}

function file(message) {
  if (!message.file) return null;
  const { name, href } = message.file;
  return make("a", { className: "link", href, download: name, textContent: `Save ${name}` });
}

function choices(message, act) {
  if (!message.choices.length) return null;
  const rows = message.choices.map((row) =>
    make("div", { className: "row" }, ...row.map((choice) => tap(choice, message.many, act))),
  );
  const group = make("div", { className: "choices", aria: { label: "Choices" } }, ...rows);
  group.setAttribute("role", "group");
  return group;
}

function sides(message, act) {
  if (!message.sides.length) return null;
  const taps = message.sides.map((choice) => tap(choice, choice.ticked, act));
  const group = make("div", { className: "sides", aria: { label: "Or" } }, ...taps);
  group.setAttribute("role", "group");
  return group;
}

function tap(choice, tickable, act) {
  const pressed = tickable ? String(choice.ticked) : null;
  return button(choice.label, (made) => act.press(choice.token, made), {
    dir: "auto",
    data: { token: choice.token },
    aria: { pressed },
  });
}

function edit(element, message, act) {
  const area = make("textarea", { value: message.text, dir: "auto", rows: 1, aria: { label: "Edited message" } });
  const leave = () => {
    editor.replaceWith(...shown);
    element.querySelector(".edit").focus();
  };
  const save = async () => {
    const text = area.value.trim();
    if (text && text !== message.text) await act.edit(message.id, text);
    else leave();
  };
  const answers = make("div", {}, button("Cancel", leave), button("Save", save, { className: "strong" }));
  const editor = make("div", { className: "editor" }, area, answers);
  const shown = [...element.childNodes];
  element.replaceChildren(editor);
  onEnter(area, save, leave);
  grow(area);
  area.focus();
}
