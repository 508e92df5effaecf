// The page begins here.

import { setClock, startClock } from "./clock.js";
import { group } from "./group.js";
import { phone } from "./phone.js";
import { follow } from "./server.js";

const chats = Object.fromEntries(
  [...document.querySelectorAll(".phone")].map((section) => {
    const id = section.dataset.owner;
    return [id, (id === "group" ? group : phone)(section, look)];
  }),
);
const links = new Map(); // an invitation's code → whose phone it is to be opened on
let seen = 0;
let known = false;

function tell(line, wrong = false) {
  const status = document.getElementById("status");
  status.textContent = line;
  status.classList.toggle("wrong", wrong);
}

function show(change) {
  setClock(change.clock);
  seen = change.change;
  if (change.anew) for (const one of Object.values(chats)) one.clear();
  chats.group.set(change.group);
  for (const message of change.messages) {
    chats[message.chat].show(message);
    if (message.link) links.set(message.link.code, message.link.phone);
    if (known && message.author === "bot" && message.kind !== "gone") news(message.chat, true);
  }
  if (change.anew) for (const one of Object.values(chats)) one.ready();
  if (!known) openInvitation();
  known = true;
}

function news(chat, there) {
  const dot = document.querySelector(`[data-shows="${chat}"] .dot`);
  dot.hidden = !there || document.body.dataset.shown === chat;
}

function look(chat) {
  document.body.dataset.shown = chat;
  for (const button of document.querySelectorAll("[data-shows]")) {
    button.setAttribute("aria-pressed", String(button.dataset.shows === chat));
  }
  news(chat, false);
  chats[chat].ready();
}

/** Somebody followed an invitation's link: the phone that it is meant for opens it. */
function openInvitation() {
  const code = new URLSearchParams(location.search).get("open");
  if (!code) return;
  history.replaceState(null, "", "/");
  const owner = links.get(code) || "ben";
  look(owner);
  chats[owner].open(code);
}

for (const button of document.querySelectorAll("[data-shows]")) {
  button.addEventListener("click", () => look(button.dataset.shows));
}
startClock(tell, () => seen);
let lost = false;
follow(show, (connected) => {
  if (!connected) tell("Leeway does not answer just now; this page keeps trying.", true);
  else if (lost) tell("");
  lost = !connected;
});
