// One phone: its chat, and what its owner can do.

import { chat } from "./chat.js";
import { menu } from "./menu.js";

/** Fills a section with a phone; `look` shows another chat. */
export function phone(section, look) {
  const owner = section.dataset.owner;
  const name = section.getAttribute("aria-label");
  const ways = {
    say: (text) => ["say", { phone: owner, text }],
    press: (token) => ["press", { phone: owner, token }],
    edit: (message, text) => ["edit", { phone: owner, message, text }],
    lay: () => {
      find(".empty").hidden = find(".log").childElementCount > 0;
    },
  };
  const { find, area, does, open, show, clear, ready } = chat(section, "phone", ways, look);

  for (const face of section.querySelectorAll(".face")) face.textContent = name[0];
  find("h2").textContent = name;
  find(".empty p").textContent = `This is ${name}’s phone. Leeway speaks when it is spoken to.`;
  find(".commands").addEventListener("click", () => does(...ways.say("/help")));
  find(".start").addEventListener("click", () => {
    does(...ways.say("/start"));
    area.focus();
  });
  menu(find(".attach"), (kind) => does("unreadable", { phone: owner, kind }));
  return { show, clear, ready, open: (code) => open(owner, code) };
}
