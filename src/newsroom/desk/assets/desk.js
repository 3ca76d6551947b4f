// The desk works whole without this file. It adds three things: news is announced without reloading, what was typed and
// not sent survives a closed tab, and a form is sent once however often its button is pressed.

const everyMs = 30_000;
const keptDays = 7;

/** Asks every 30 seconds, while the page is looked at, what has come since it was made. */
function announceNews() {
  const source = document.querySelector("[data-news]");
  const place = document.querySelector("[data-news-here]");
  if (!source || !place) return;
  let address = source.dataset.news;
  const ask = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(address, { headers: { accept: "application/json" } });
      if (!answer.ok) return;
      const news = await answer.json();
      address = news.next;
      if (news.text) tell(place, news);
    } catch {
      // No network: the next turn asks again.
    }
  };
  setInterval(ask, everyMs);
  document.addEventListener("visibilitychange", ask);
}

function tell(place, news) {
  const link = document.createElement("a");
  link.href = location.pathname + location.search.replace(/([?&])done=[^&]*&?/, "$1");
  link.textContent = news.show;
  place.replaceChildren(`${news.text} `, link);
  document.title = `● ${document.title.replace(/^● /, "")}`;
}

/** Keeps a form's texts in this browser until they are saved: `data-keep` is "<submission>:<form>". */
function keepTexts() {
  const arrived = new URLSearchParams(location.search).get("done");
  const [, submission] = /^\/submissions\/([\w-]+)/.exec(location.pathname) ?? [];
  // The page says what was saved; what was kept for it is in the newsroom now.
  if (arrived && submission) remove(`kominfo:${submission}:${arrived === "unchanged" ? "edit" : arrived}`);
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = `kominfo:${form.dataset.keep}`;
    const texts = [...form.querySelectorAll("textarea")];
    restore(key, texts);
    form.addEventListener("input", () => save(key, texts));
  }
}

/** Who logs out leaves nothing of theirs in this browser. */
function forgetOnLeaving() {
  for (const form of document.querySelectorAll('form[action^="/logout"]')) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(localStorage)) if (key.startsWith("kominfo:")) remove(key);
    });
  }
}

function restore(key, texts) {
  const kept = load(key);
  if (!kept || Date.now() - kept.at > keptDays * 24 * 3600 * 1000) return remove(key);
  for (const text of texts) {
    const typed = kept.texts[text.name];
    if (typed === undefined || text.value !== text.defaultValue || typed === text.value) continue;
    // What the server sent back, or has now, is not written over: only an empty field is filled.
    if (text.defaultValue !== "" && text.defaultValue !== kept.from[text.name]) continue;
    text.value = typed;
    text.closest("details")?.setAttribute("open", "");
  }
}

function save(key, texts) {
  const changed = texts.filter((text) => text.value !== text.defaultValue);
  if (changed.length === 0) return remove(key);
  const pairs = (value) => Object.fromEntries(changed.map((text) => [text.name, value(text)]));
  const kept = {
    at: Date.now(),
    texts: pairs((text) => text.value),
    from: pairs((text) => text.defaultValue),
  };
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: typing goes on.
  }
}

function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Forbidden: there was nothing.
  }
}

/** The server counts a form once; this spares it, and the person, the second. */
function sendOnce() {
  for (const form of document.querySelectorAll('form[method="post"]')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  // Back from the next page, the browser may show this one as it was left.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

/** "Catat" beside a paragraph or photo chooses it in the form below without leaving the page. */
function chooseAbout() {
  const about = document.getElementById("about");
  const body = document.getElementById("body");
  if (!about || !body) return;
  for (const link of document.querySelectorAll("a[data-about]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      about.value = link.dataset.about;
      body.focus();
      document.getElementById("comment").scrollIntoView({ block: "center" });
    });
  }
}

announceNews();
keepTexts();
forgetOnLeaving();
sendOnce();
chooseAbout();
document.getElementById("alert")?.focus();
