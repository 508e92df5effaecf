// A chat in a section of the page: what stands in it, and what is written in it.

import { grow, make, onEnter } from "./elements.js";
import { messageElement } from "./message.js";
import { dayOf } from "./clock.js";
import { post } from "./server.js";

const BUSY = 4000; // milliseconds that a pressed button waits for an answer

/**
 * Fills a section from a template. `ways` says what is posted, as [what, body]: say(text), press(token), and edit(id,
 * text) where that can be done; `lay` shows what stands in an empty chat, or not. `look` shows another chat.
 */
export function chat(section, template, ways, look) {
  const id = section.dataset.owner;
  section.append(document.getElementById(template).content.cloneNode(true));
  const find = (selector) => section.querySelector(selector);
  const [log, notice, area] = [".log", ".notice", "textarea"].map(find);
  const shown = new Map();

  log.setAttribute("aria-label", `${section.getAttribute("aria-label")}’s chat`);
  area.id = `message-${id}`;
  find("label.unseen").htmlFor = area.id;

  const tell = (line) => {
    notice.textContent = line;
    notice.hidden = !line;
  };
  let before = Promise.resolve(); // one after the other: requests side by side may overtake each other
  const does = (what, body) => (before = before.then(() => ask(what, body)));
  const ask = async (what, body) => {
    tell("");
    try {
      await post(what, body);
      return true;
    } catch (error) {
      tell(error.message);
      return false;
    }
  };
  const open = async (phone, code) => {
    if (await does("open", { phone, code })) look(phone);
  };
  const press = async (token, tapped) => {
    if (tapped.getAttribute("aria-busy") === "true") return;
    tapped.setAttribute("aria-busy", "true");
    const heard = await does(...ways.press(token));
    setTimeout(() => tapped.removeAttribute("aria-busy"), heard ? BUSY : 0);
  };
  const edit = ways.edit && ((message, text) => does(...ways.edit(message, text)));
  const act = { press, open, edit, leave: (start) => ways.leave(start) };

  const send = async () => {
    const text = area.value;
    if (!text.trim()) return;
    area.value = "";
    grow(area);
    if (await does(...ways.say(text))) return;
    area.value = area.value ? `${area.value}\n${text}` : text; // nothing written is lost
    grow(area);
  };
  find("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  onEnter(area, send);

  let low = true; // whether the end of the chat is in sight, and is to stay so
  const toEnd = () => {
    low = true;
    log.scrollTop = log.scrollHeight;
  };
  log.addEventListener("scroll", () => {
    low = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  });
  const stay = () => {
    if (low) toEnd();
  };
  new ResizeObserver(stay).observe(log);

  const show = (message) => {
    const before = shown.get(message.id);
    if (message.kind === "gone") {
      before?.remove();
      return shown.delete(message.id);
    }
    const element = messageElement(message, act);
    if (before) return redraw(before, element);
    const day = dayOf(message.at);
    if (day !== log.dataset.day) log.append(make("p", { className: "day", textContent: day }));
    log.dataset.day = day;
    const above = log.lastElementChild;
    if (above.dataset.stamp === element.dataset.stamp) above.classList.add("joined");
    if (log.getAttribute("aria-busy") === "false") element.classList.add("new");
    log.append(element);
    shown.set(message.id, element);
    ways.lay(); // before the end is looked for: it takes room
    if (low || message.author !== "bot") toEnd();

    function redraw(old, element) {
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      element.classList.toggle("joined", old.classList.contains("joined"));
      old.replaceWith(element);
      shown.set(message.id, element);
      stay();
      if (!focused) return;
      const token = focused.dataset.token;
      const same = [...element.querySelectorAll("button")].find((tap) => token && tap.dataset.token === token);
      (same || element.querySelector(".edit") || area).focus({ preventScroll: true });
    }
  };
  const clear = () => {
    log.setAttribute("aria-busy", "true");
    shown.clear();
    log.replaceChildren();
    delete log.dataset.day;
    ways.lay();
    tell("");
  };
  const ready = () => {
    log.setAttribute("aria-busy", "false");
    toEnd();
  };
  return { find, area, does, open, tell, stay, show, clear, ready };
}
