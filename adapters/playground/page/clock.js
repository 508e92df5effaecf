// The playground's clock: what it shows, and the buttons that move it.

import { post, zone } from "./server.js";

const element = (id) => document.getElementById(id);
let ahead = 0; // milliseconds that the playground's clock is ahead of the browser's
const formats = new Map();

/** Sets the clock to what the server's shows. */
export function setClock(clock) {
  ahead = clock.now * 1000 - Date.now();
  tick();
}

/** "16:04" of epoch seconds. */
export function clockTime(at) {
  return format(at * 1000, { hour: "2-digit", minute: "2-digit" });
}

/** "Sunday 22 November 2026" of epoch seconds. */
export function dayOf(at) {
  return format(at * 1000, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).replace(",", "");
}

function format(at, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone }));
  return formats.get(key).format(at);
}

function tick() {
  const now = Math.floor((Date.now() + ahead) / 1000);
  element("hour").textContent = clockTime(now);
  element("day").textContent = dayOf(now);
  element("zone").textContent = zone.replaceAll("_", " ");
  element("time").dateTime = new Date(now * 1000).toISOString();
}

/** Lets the buttons move the clock and start over; `tell` shows a line, `settled` waits for what has changed. */
export function startClock(tell, changes) {
  setInterval(tick, 1000);
  const buttons = [...document.querySelectorAll(".controls button")];
  let busy = false;
  const doing = async (work) => {
    if (busy) return;
    busy = true;
    for (const button of buttons) button.setAttribute("aria-busy", "true");
    tell("");
    try {
      await work();
    } catch (error) {
      tell(error.message, true);
    }
    for (const button of buttons) button.removeAttribute("aria-busy");
    busy = false;
  };
  const move = async (by) => {
    const before = ahead;
    const seen = changes();
    await post("clock", { by });
    await new Promise((done) => setTimeout(done, 300)); // the change itself comes by the other way
    if (by === "next" && Math.abs(ahead - before) < 5000 && changes() === seen) tell("Nothing is waiting to come.");
  };
  for (const button of buttons.filter((one) => one.dataset.by)) {
    button.addEventListener("click", () => doing(() => move(button.dataset.by)));
  }
  const sure = element("sure");
  element("over").addEventListener("click", () => sure.showModal());
  element("keep").addEventListener("click", () => sure.close());
  element("forget").addEventListener("click", () => {
    sure.close();
    doing(() => post("reset"));
  });
}
