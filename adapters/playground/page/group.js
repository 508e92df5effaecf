// The group: a chat that several share, in which one acts as one of them at a time.

import { chat } from "./chat.js";
import { menu } from "./menu.js";
import { NAMES } from "./message.js";

const PHONES = ["ana", "ben"]; // Eva has none here

/** Fills a section with the group; `look` shows another chat. */
export function group(section, look) {
  let who = "ana";
  let leeway = "out";
  /** The way to bring Leeway stands in the middle of an empty chat, and below one that is not. */
  const lay = () => {
    find(".empty").hidden = leeway !== "out";
    find(".empty").classList.toggle("strip", find(".log").childElementCount > 0);
  };
  const ways = {
    say: (text) => ["group/say", { who, text }],
    press: (token) => ["group/press", { who, token }],
    lay,
    leave: (start) => {
      if (PHONES.includes(who)) return made.open(who, start);
      return made.tell(`${NAMES[who]} has no phone here.`);
    },
  };
  const made = chat(section, "group", ways, look);
  const { find, area, does } = made;
  const all = (selector) => [...section.querySelectorAll(selector)];

  /** From now on it is they who act: they read what is for them alone. */
  const be = (person) => {
    who = person;
    section.dataset.who = who;
    find(`.as input[value="${who}"]`).checked = true;
    find(".add").textContent = `Add Leeway as ${NAMES[who]}`;
    area.placeholder = `Message as ${NAMES[who]}`;
    for (const tapped of all("button[aria-busy]")) tapped.removeAttribute("aria-busy"); // it was the other who waits
    veil();
  };
  const veil = () => {
    for (const aside of all(".aside")) aside.hidden = aside.dataset.reader !== who;
    made.stay();
  };
  /** Who is there, and whether Leeway is. */
  const set = (room) => {
    leeway = room.leeway;
    for (const face of all(".top .face")) face.hidden = !room.people.includes(face.dataset.owner);
    for (const choice of all(".as label")) choice.hidden = !room.people.includes(choice.firstElementChild.value);
    for (const item of all(".changes .menu button")) item.hidden = !possible(item.dataset.choice, room);
    const names = room.people.map((person) => NAMES[person]);
    find("h2").textContent = [names.slice(0, -1).join(", "), names.at(-1)].filter(Boolean).join(" and ");
    find(".who p").textContent = STATES[leeway];
    if (!room.people.includes(who)) be(room.people[0] || "ana");
    lay();
  };
  const show = (message) => {
    made.show(message);
    veil();
  };
  const clear = () => {
    made.clear();
    be("ana");
  };

  for (const choice of all(".as input")) choice.addEventListener("change", () => be(choice.value));
  find(".add").addEventListener("click", () => {
    does("group/change", { who, what: "added" });
    area.focus();
  });
  menu(find(".changes"), (what) => does("group/change", { who: COMING.includes(what) ? "eva" : who, what }));
  be(who);
  return { show, clear, ready: made.ready, set };
}

const COMING = ["joined", "left"];
const STATES = {
  out: "Leeway is not in this group",
  in: "group with Leeway",
  silent: "Leeway may not write here",
};

function possible(change, { people, leeway }) {
  const there = people.includes("eva");
  return {
    joined: !there,
    left: there,
    removed: leeway !== "out",
    muted: leeway === "in",
    allowed: leeway === "silent",
  }[change];
}
