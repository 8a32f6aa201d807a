/* Writing with a script: drafts in this browser alone, pasted tables, a count, quotations for replies.
   Every page works without it. */

(() => {
  "use strict";

  const DRAFT = "nanashi:draft:";
  const POSTING = "nanashi:posting";
  const QUOTE = "nanashi:quote:";
  const MINE = "nanashi:replies";
  const MOST_MINE = 500;
  const KEPT_FIELDS = ["title", "body", "source_url", "source_title", "source_lang", "source_by", "also", "began"];
  const PAUSE = 400;

  /* Storage may be switched off, or full: then nothing is kept, and all else works. */
  const store = (where, name, value) => {
    try {
      if (value === null) where.removeItem(name);
      else if (value !== undefined) where.setItem(name, value);
      return where.getItem(name);
    } catch {
      return null;
    }
  };

  const later = (act) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, PAUSE);
    };
  };

  const insert = (field, text) => {
    field.focus();
    if (document.execCommand?.("insertText", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* --- the form of an entry --- */

  const form = document.querySelector("form#write");
  const body = form?.elements.namedItem("body");
  const spoken = document.getElementById("spoken");

  const fieldsOf = () => Object.fromEntries(KEPT_FIELDS.map((name) => [name, form.elements.namedItem(name)?.value ?? ""]));

  const refresh = () => document.getElementById("preview").dispatchEvent(new Event("refresh"));

  const keepDrafts = () => {
    const name = DRAFT + form.dataset.draft + location.search;
    const asServed = fieldsOf();
    const put = (fields) => {
      for (const [field, value] of Object.entries(fields)) {
        const element = form.elements.namedItem(field);
        if (element) element.value = value;
      }
      count();
      refresh();
    };
    const kept = JSON.parse(store(localStorage, name) ?? "null");
    const notice = document.getElementById("draft-notice");
    if (kept && !("kept" in form.dataset) && JSON.stringify(kept) !== JSON.stringify(asServed)) {
      put(kept);
      notice.hidden = false;
      notice.querySelector("button").addEventListener("click", () => {
        store(localStorage, name, null);
        notice.hidden = true;
        put(asServed);
        body.focus();
      });
    }
    let held = false;
    const keep = () => {
      const fields = fieldsOf();
      const same = JSON.stringify(fields) === JSON.stringify(asServed) && !("kept" in form.dataset);
      held = store(localStorage, name, same ? null : JSON.stringify(fields)) !== null;
    };
    /* Going back shows the draft, not what the browser remembers: a draft that was erased is to stay so. */
    form.autocomplete = "off";
    addEventListener("pagehide", keep);
    addEventListener("pageshow", (event) => {
      if (event.persisted && held && store(localStorage, name) === null) put(asServed);
    });
    const keepSoon = later(keep);
    form.addEventListener("input", keepSoon);
    if ("kept" in form.dataset) keep();
    form.addEventListener("submit", (event) => {
      keep();
      const wanted = event.submitter;
      const posts = wanted?.name === "anyway" || ["publish", "series"].includes(wanted?.value);
      store(sessionStorage, POSTING, posts ? name : null);
    });
  };

  /* A post was taken when it led on to an entry, or to the page with its key. */
  const clearPosted = () => {
    const name = store(sessionStorage, POSTING);
    if (!name || form) return;
    const [navigation] = performance.getEntriesByType("navigation");
    const ledOn = location.pathname.startsWith("/e/") && navigation?.redirectCount > 0;
    if (!ledOn && !document.querySelector("[data-posted]")) return;
    store(localStorage, name, null);
    store(sessionStorage, POSTING, null);
  };

  const count = () => {
    const length = [...body.value].length;
    const limit = Number(form.dataset.limit);
    const shown = form.querySelector("[data-count]");
    shown.textContent = length.toLocaleString("en");
    shown.parentElement.classList.toggle("over", length > limit);
    const over = length > limit ? spoken.dataset.over : "";
    if (spoken.textContent !== over) spoken.textContent = over;
    const long = document.getElementById("long");
    if (long) long.hidden = length <= Number(form.dataset.split);
  };

  /* The text that the preview shows: the page's, then what was sent for the last one that came. */
  let previewed = "";
  let failed = false;
  let asking = false;
  const shownText = () => `${form.elements.namedItem("title").value}\n${body.value}`;
  const judgePreview = () => {
    const manual = body.value.length > Number(form.dataset.live);
    const older = Boolean(document.querySelector("#preview article")) && shownText() !== previewed;
    document.getElementById("not-live").hidden = !manual || older;
    document.getElementById("stale").hidden = !older || !(manual || failed);
  };
  const watchPreview = () => {
    const preview = document.getElementById("preview");
    const hint = preview.querySelector("[data-live]");
    if (hint) hint.textContent = hint.dataset.live;
    previewed = `${form.elements.namedItem("title").defaultValue}\n${body.defaultValue}`;
    let sent = "";
    preview.addEventListener("htmx:beforeRequest", (event) => {
      sent = shownText();
      asking = body.value.length <= Number(form.dataset.live);
      if (!asking) event.preventDefault();
    });
    preview.addEventListener("htmx:afterRequest", (event) => {
      asking = false;
      failed = !event.detail.successful;
      if (!failed) previewed = sent;
      judgePreview();
    });
    form.addEventListener("input", later(judgePreview));
    document.querySelector("#stale button").addEventListener("click", () => {
      form.requestSubmit(form.querySelector('button[value="preview"]'));
    });
  };

  const quoteSelection = () => {
    const name = QUOTE + form.dataset.draft;
    const quoted = store(sessionStorage, name);
    store(sessionStorage, name, null);
    if (!quoted || "kept" in form.dataset) return;
    const text = quoted.replace(/^/gm, "> ") + "\n\n";
    if (body.value.includes(text)) return;
    body.setSelectionRange(body.value.length, body.value.length);
    insert(body, (body.value && !body.value.endsWith("\n") ? "\n\n" : "") + text);
  };

  /* What a spreadsheet copies has the same number of tabs in every line. */
  const tableOf = (clipboard) => {
    const html = clipboard.getData("text/html");
    if (/<table/i.test(html)) return html;
    const text = clipboard.getData("text/plain");
    const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
    const isTable = lines.length > 1 && lines.every((line) => /^[^\t].*\t/.test(line));
    return isTable ? text : "";
  };

  const pasteTable = async (event) => {
    const pasted = tableOf(event.clipboardData);
    const plain = event.clipboardData.getData("text/plain");
    if (!pasted || pasted.length > Number(form.dataset.limit) * 8) return;
    event.preventDefault();
    let made = "";
    try {
      const sent = new URLSearchParams({ pasted, csrfmiddlewaretoken: form.elements.namedItem("csrfmiddlewaretoken").value });
      const answer = await fetch("/new/table", { method: "POST", body: sent });
      if (answer.status === 200) made = await answer.text();
    } catch {
      made = "";
    }
    const before = body.value.slice(0, body.selectionStart);
    const gap = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    insert(body, made ? gap + made + "\n" : plain);
    spoken.textContent = made ? spoken.dataset.table : spoken.dataset.plain;
  };

  const pressKeys = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      form.requestSubmit(document.getElementById("post"));
    } else if (event.target.matches("input.switch, .found-words input")) {
      event.preventDefault();
      event.target.click();
    }
  };

  const write = () => {
    form.querySelector(".keys").hidden = false;
    form.addEventListener("input", later(count));
    form.addEventListener("keydown", pressKeys);
    body.addEventListener("paste", pasteTable);
    watchPreview();
    if (!("kept" in form.dataset)) body.focus({ preventScroll: true });
    keepDrafts();
    quoteSelection();
    count();
    const showPreview = () => {
      if (body.value && !asking && !document.querySelector("#preview article")) refresh();
    };
    /* Only from then on does htmx listen. */
    document.addEventListener("htmx:load", showPreview, { once: true });
    /* A browser that goes back may put the text into the field after this has run. */
    addEventListener("pageshow", () => {
      count();
      showPreview();
      judgePreview();
    });
  };

  /* --- around it --- */

  const fillKey = () => {
    const field = document.querySelector("[data-key]");
    const found = /^#key=([0-9A-Za-z]+)$/.exec(location.hash);
    if (!found) return;
    history.replaceState(null, "", location.pathname + location.search);
    if (field && !field.value) field.value = found[1];
  };

  /* What is selected in an entry goes with the click on its reply, in this browser, never in an address. */
  let selected = { text: "", entry: "" };
  const noteSelection = () => {
    const selection = getSelection();
    const at = selection.anchorNode?.parentElement?.closest("article.entry .body");
    selected = { text: at ? selection.toString().trim() : "", entry: at?.closest("article.entry").id ?? "" };
  };
  const takeSelection = (event) => {
    const link = event.target.closest?.("a.reply");
    if (link && selected.text && link.pathname === `/e/${selected.entry}/reply`) {
      store(sessionStorage, QUOTE + link.pathname, selected.text);
    }
  };

  /* Which entries are somebody's stays in this browser as long as they are signed in, and no longer. */
  const forgetMine = () => store(localStorage, MINE, null);
  const forgetWithSession = () => {
    const asksWho = 'form[action="/sign-in"], form[action="/sign-up"], form[action="/recover"]';
    if (document.querySelector(asksWho)) forgetMine();
    const ends = 'form[action="/sign-out"], form[action="/account/delete"]';
    for (const leaving of document.querySelectorAll(ends)) leaving.addEventListener("submit", forgetMine);
  };

  /* Drafts are the next one's to read where somebody leaves: they go at signing out, and with the account. */
  const forgetDrafts = () => {
    const ours = (name) => [DRAFT, QUOTE, POSTING].some((begin) => name.startsWith(begin));
    try {
      for (const where of [localStorage, sessionStorage]) {
        for (const name of Object.keys(where).filter(ours)) where.removeItem(name);
      }
    } catch {
      /* Where storage is switched off there is nothing to forget. */
    }
  };
  const forgetDraftsWhenLeft = () => {
    for (const leaving of document.querySelectorAll('form[action="/sign-out"]')) leaving.addEventListener("submit", forgetDrafts);
    if (document.querySelector("[data-left]")) forgetDrafts();
  };

  const showNewReplies = () => {
    const list = document.querySelector("[data-mine]");
    if (!list) return;
    const seen = JSON.parse(store(localStorage, MINE) ?? "{}");
    for (const item of list.querySelectorAll("[data-replies]")) {
      const { id, replies } = item.dataset;
      const fresh = Number(replies) - (seen[id] ?? 0);
      if (fresh > 0 && id in seen) {
        const mark = document.createElement("strong");
        mark.className = "fresh";
        mark.textContent = `${fresh} ${list.dataset.new}`;
        item.querySelector(".replies")?.after(mark);
      }
      delete seen[id];
      seen[id] = Number(replies);
    }
    const newest = Object.entries(seen).slice(-MOST_MINE);
    store(localStorage, MINE, JSON.stringify(Object.fromEntries(newest)));
  };

  if (form && body) write();
  clearPosted();
  fillKey();
  forgetWithSession();
  forgetDraftsWhenLeft();
  showNewReplies();
  document.addEventListener("pointerdown", noteSelection, true);
  document.addEventListener("keydown", noteSelection, true);
  document.addEventListener("click", takeSelection, true);
})();
