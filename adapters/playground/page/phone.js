// One phone: its chat, and what its owner can do.

import { grow, make, onEnter } from "./elements.js";
import { messageElement } from "./message.js";
import { dayOf } from "./clock.js";
import { post } from "./server.js";

const BUSY = 4000; // milliseconds that a pressed button waits for an answer

/** Fills a section with a phone; `look` shows another one. */
export function phone(section, look) {
  const owner = section.dataset.owner;
  const name = section.getAttribute("aria-label");
  section.append(document.getElementById("phone").content.cloneNode(true));
  const find = (selector) => section.querySelector(selector);
  const [log, empty, notice, area] = [".log", ".empty", ".notice", "textarea"].map(find);
  const shown = new Map();

  for (const face of section.querySelectorAll(".face")) face.textContent = name[0];
  find("h2").textContent = name;
  find(".empty p").textContent = `This is ${name}’s phone. Leeway speaks when it is spoken to.`;
  log.setAttribute("aria-label", `${name}’s chat`);
  area.id = `message-${owner}`;
  find("label").htmlFor = area.id;

  let before = Promise.resolve(); // one after the other: requests side by side may overtake each other
  const does = (what, body) => (before = before.then(() => ask(what, body)));
  const ask = async (what, body) => {
    notice.hidden = true;
    try {
      await post(what, { phone: owner, ...body });
      return true;
    } catch (error) {
      notice.textContent = error.message;
      notice.hidden = false;
      return false;
    }
  };
  const act = {
    press: async (token, tapped) => {
      if (tapped.getAttribute("aria-busy") === "true") return;
      tapped.setAttribute("aria-busy", "true");
      const heard = await does("press", { token });
      setTimeout(() => tapped.removeAttribute("aria-busy"), heard ? BUSY : 0);
    },
    open: async (link) => {
      if (await does("open", { phone: link.phone, code: link.code })) look(link.phone);
    },
    edit: (message, text) => does("edit", { message, text }),
  };

  const send = async () => {
    const text = area.value;
    if (!text.trim()) return;
    area.value = "";
    grow(area);
    if (await does("say", { text })) return;
    area.value = area.value ? `${area.value}\n${text}` : text; // nothing written is lost
    grow(area);
  };
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  onEnter(area, send);
  find(".commands").addEventListener("click", () => does("say", { text: "/help" }));
  find(".start").addEventListener("click", () => {
    does("say", { text: "/start" });
    area.focus();
  });
  attach(find(".attach"), (kind) => does("unreadable", { kind }));

  let low = true; // whether the end of the chat is in sight, and is to stay so
  const toEnd = () => {
    low = true;
    log.scrollTop = log.scrollHeight;
  };
  log.addEventListener("scroll", () => {
    low = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  });
  new ResizeObserver(() => {
    if (low) toEnd();
  }).observe(log);

  const show = (message) => {
    const before = shown.get(message.id);
    if (message.kind === "gone") {
      before?.remove();
      return shown.delete(message.id);
    }
    if (before) return redraw(before, messageElement(message, act), area);
    const day = dayOf(message.at);
    if (day !== log.dataset.day) log.append(make("p", { className: "day", textContent: day }));
    log.dataset.day = day;
    const element = messageElement(message, act);
    const above = log.lastElementChild;
    if (above.dataset.stamp === element.dataset.stamp) above.classList.add("joined");
    if (log.getAttribute("aria-busy") === "false") element.classList.add("new");
    log.append(element);
    shown.set(message.id, element);
    empty.hidden = true;
    if (low || message.author !== "bot") toEnd();

    function redraw(old, element, fallback) {
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      element.classList.toggle("joined", old.classList.contains("joined"));
      old.replaceWith(element);
      shown.set(message.id, element);
      if (low) toEnd();
      if (!focused) return;
      const token = focused.dataset.token;
      const same = [...element.querySelectorAll("button")].find((tap) => token && tap.dataset.token === token);
      (same || element.querySelector(".edit") || fallback).focus({ preventScroll: true });
    }
  };
  const clear = () => {
    log.setAttribute("aria-busy", "true");
    shown.clear();
    log.replaceChildren();
    delete log.dataset.day;
    empty.hidden = false;
    notice.hidden = true;
  };
  const ready = () => {
    log.setAttribute("aria-busy", "false");
    toEnd();
  };
  return { show, clear, ready, open: (code) => does("open", { code }) };
}

/** The menu behind the plus. */
function attach(root, choose) {
  const [toggle, menu] = [root.querySelector("button"), root.querySelector(".menu")];
  const set = (open) => {
    menu.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
  };
  toggle.addEventListener("click", () => {
    set(menu.hidden);
    if (!menu.hidden) menu.querySelector("button").focus();
  });
  menu.addEventListener("click", (event) => {
    const kind = event.target.dataset.kind;
    if (!kind) return;
    set(false);
    toggle.focus();
    choose(kind);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    set(false);
    toggle.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!root.contains(event.target)) set(false);
  });
}
