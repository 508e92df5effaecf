// The way to the server and back.

/** The browser's own time zone: the phones are where it is. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const language = navigator.language; // what somebody new is spoken to in, where Leeway speaks it

/** Posts something; throws an Error whose message can be shown. */
export async function post(what, body = {}) {
  let answer;
  try {
    answer = await fetch(`/api/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...body, zone, language }),
    });
  } catch {
    throw new Error("Leeway does not answer. Is it still running?");
  }
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({}));
    throw new Error(told.error || "That did not work. The program's log says why.");
  }
}

/** Hands everything there is, and then every change, to `show`; tells `connected` whether it still hears. */
export function follow(show, connected) {
  let seen = 0;
  const listen = () => {
    const source = new EventSource(`/api/events?after=${seen}`);
    source.onmessage = (event) => {
      const change = JSON.parse(event.data);
      seen = change.change;
      show(change);
      connected(true);
    };
    source.onerror = () => {
      connected(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    };
  };
  listen();
}
