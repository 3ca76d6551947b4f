// The desk works without this file. It adds comfort: it announces news without reloading, keeps unsent text when a tab
// is closed, sends a form once however often its button is pressed, chooses a comment's part without reloading, copies texts and
// hands photos to the phone's own sheet.

const everyMs = 30_000;
const keptDays = 7;

/** Asks for changes every 30 seconds while the page is visible. */
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
      if (news.text) announce(place, news);
    } catch {
      // No network: the next interval asks again.
    }
  };
  setInterval(ask, everyMs);
  document.addEventListener("visibilitychange", ask);
}

function announce(place, news) {
  const link = document.createElement("a");
  link.href = location.pathname + location.search.replace(/([?&])done=[^&]*&?/, "$1");
  link.textContent = news.show;
  place.replaceChildren(`${news.text} `, link);
  document.title = `● ${document.title.replace(/^● /, "")}`;
}

/** Keeps the texts of a form in localStorage until they are saved. `data-keep` is "<submission>:<form>". */
function keepTexts() {
  const saved = new URLSearchParams(location.search).get("done");
  const [, submission] = /^\/submissions\/([\w-]+)/.exec(location.pathname) ?? [];
  // The newsroom has saved this form, so the kept copy is obsolete.
  if (saved && submission) remove(`kominfo:${submission}:${saved === "unchanged" ? "edit" : saved}`);
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = `kominfo:${form.dataset.keep}`;
    const texts = [...form.querySelectorAll("textarea")];
    restore(key, texts);
    form.addEventListener("input", () => save(key, texts));
  }
}

/** Removes all kept texts from this browser on logout. */
function clearOnLogout() {
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
    // Fills only a field that is empty or still has the value it had when the text was kept.
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
    // Storage is full or forbidden: the text is not kept.
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
    // Storage is forbidden, so nothing was kept.
  }
}

/** Blocks a second submission. The server would count it once anyway; this saves the request. */
function sendOnce() {
  for (const form of document.querySelectorAll('form[method="post"]')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
  }
  // After "back", the browser may restore this page with `sent` still set.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
}

/** Makes "Catat" beside a paragraph or photo choose that part in the comment form without reloading. */
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

/** Copies a text exactly as it is on the page: `value` would have other line ends. */
async function copyText(id) {
  const field = document.getElementById(id);
  try {
    await navigator.clipboard.writeText(field.textContent);
    return true;
  } catch {
    // No permission, or no https: the older way takes what is selected.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Shows "Salin" beside each text that can be copied. Without this file it is selected by hand. */
function copyTexts() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    const status = button.parentElement.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      const isCopied = await copyText(button.dataset.copy);
      status.textContent = isCopied ? button.dataset.done : button.dataset.failed;
      button.classList.toggle("done", isCopied);
    });
  }
}

/** Fetches photos as files; throws when one of them does not come. */
async function filesOf(photos) {
  const files = [];
  for (const { src, name } of photos) {
    const answer = await fetch(src);
    if (!answer.ok || !answer.headers.get("content-type")?.startsWith("image/jpeg")) throw new Error(src);
    files.push(new File([await answer.blob()], name, { type: "image/jpeg" }));
  }
  return files;
}

/** Whether the phone's own sheet takes photos from a page. */
function sharesPhotos() {
  try {
    return navigator.canShare?.({ files: [new File([""], "a.jpg", { type: "image/jpeg" })] }) === true;
  } catch {
    return false;
  }
}

/**
 * Shows "Bagikan" where photos can be shared. Some
 * browsers forget the press of the button while the photos come, so that it takes another one.
 */
function sharePhotos() {
  if (!sharesPhotos()) return;
  for (const button of document.querySelectorAll("button[data-share]")) {
    button.hidden = false;
    const status = button.parentElement.querySelector("[role=status]");
    let files;
    button.addEventListener("click", async () => {
      if (button.getAttribute("aria-busy") === "true") return;
      button.setAttribute("aria-busy", "true");
      try {
        const text = document.getElementById(button.dataset.text)?.textContent ?? "";
        if (!files) {
          status.textContent = button.dataset.wait;
          files = await filesOf(JSON.parse(button.dataset.share));
        }
        status.textContent = "";
        const all = { files, text };
        await navigator.share(navigator.canShare(all) ? all : { files });
      } catch (error) {
        if (error.name === "NotAllowedError" && files) button.textContent = button.dataset.again;
        else if (error.name !== "AbortError") status.textContent = button.dataset.failed;
      } finally {
        button.removeAttribute("aria-busy");
      }
    });
  }
}

announceNews();
copyTexts();
sharePhotos();
keepTexts();
clearOnLogout();
sendOnce();
chooseAbout();
document.getElementById("alert")?.focus();
