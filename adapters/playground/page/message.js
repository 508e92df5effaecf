// One message of a chat.

import { button, grow, make, onEnter } from "./elements.js";
import { clockTime } from "./clock.js";

export const NAMES = { ana: "Ana", ben: "Ben", eva: "Eva", bot: "Leeway" };
const NOTES = {
  added: "brought Leeway here",
  removed: "took Leeway out",
  muted: "let Leeway write no more",
  allowed: "let Leeway write again",
  joined: "came in",
  left: "left",
};

/**
 * The element of a message; `act` has what can be done: press(token, button), open(phone, code), leave(start) through a
 * door, and edit(id, text) where words can be edited.
 */
export function messageElement(message, act) {
  if (message.kind === "note") return note(message);
  const own = message.author !== "bot";
  const aside = message.kind === "aside";
  // said by the same in the same minute, and to the same: one time for both
  const stamp = `${message.author} ${clockTime(message.at)} ${aside ? message.id : ""}`;
  const className = ["message", own && "own", aside && "aside"].filter(Boolean).join(" ");
  const element = make("div", { className, data: { id: message.id, stamp } });
  if (own) element.dataset.owner = message.author;
  if (aside) element.dataset.reader = message.reader;
  const under = [link, door, file, choices, sides].map((part) => part(message, act));
  element.append(
    make("span", { className: "speaker", textContent: NAMES[message.author] }),
    body(message),
    ...under.filter(Boolean),
    foot(message, own && act.edit, () => edit(element, message, act)),
  );
  return element;
}

/** What became of the group. */
function note(message) {
  const textContent = `${NAMES[message.author]} ${NOTES[message.text]}`;
  return make("p", { className: "note", textContent, data: { stamp: `note ${message.id}` } });
}

function body(message) {
  const bubble = make("div", { className: "bubble" });
  if (message.file?.alt !== undefined) bubble.append(picture(message.file));
  if (message.kind === "text" || message.kind === "aside") {
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

/** What came to be seen; the words below it say the same. */
function picture({ href, alt, width, height }) {
  return make("img", { className: "seen", src: href, alt, width, height });
}

function photo() {
  const picture = make("div", { className: "picture", aria: { label: "Photo" } });
  picture.setAttribute("role", "img");
  return picture;
}

function foot(message, editable, startEdit) {
  const at = make("time", { textContent: clockTime(message.at) });
  const edited = message.edited ? make("span", { textContent: "edited" }) : null;
  const alone = message.reader ? make("span", { textContent: `Only ${NAMES[message.reader]} sees this` }) : null;
  const canEdit = editable && message.kind === "text" && !message.text.startsWith("/");
  const change = canEdit ? button("edit", startEdit, { className: "edit" }) : null;
  if (change) change.setAttribute("aria-label", "Edit this message");
  return make("div", { className: "foot" }, change, alone, edited, at);
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
    act.open(message.link.phone, message.link.code);
  });
  return element;
}

/** The way out of the group, to the own phone of whoever takes it. */
function door(message, act) {
  if (!message.door) return null;
  return button(message.door.label, () => act.leave(message.door.start), { className: "link", dir: "auto" });
}

function file(message) {
  if (!message.file || message.file.alt !== undefined) return null;
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
