// What needs a script in a page: links that are not shown leave the tab order, a selected word can be looked up, and
// a selected passage quoted in a reply.
"use strict";

(() => {
  const LONGEST = 100; // characters of a keyword
  const SENTENCE = /[。．！？!?]|[.,;:] /; // what no keyword is, unless it is short
  const SHORT = 12;
  const PAUSE = 200; // milliseconds that a selection rests before it is offered
  const shown = getComputedStyle(document.documentElement).getPropertyValue("--links").trim() || "notable";
  const labels = document.currentScript.dataset;
  let menu = null;
  let timer = 0;

  // --- which links are shown ---

  const HIDDEN = { all: null, notable: "a.k:not(.kn)", none: "a.k" };

  function settle(root) {
    for (const anchor of HIDDEN[shown] ? root.querySelectorAll(HIDDEN[shown]) : []) {
      if (!anchor.closest(".every-link")) anchor.tabIndex = -1;
    }
  }

  settle(document);
  for (const button of document.querySelectorAll(".links button")) {
    if (button.value === shown) button.setAttribute("aria-current", "true");
  }
  document.addEventListener("htmx:afterSwap", (event) => settle(event.target));

  // --- what is offered for a selection ---

  function elementOf(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  }

  function selectedWord(text) {
    const long = [...text].length;
    return /[\n\r\t]/.test(text) || long > LONGEST || (long > SHORT && SENTENCE.test(text)) ? "" : text;
  }

  function path(word) {
    const parts = word.split("/");
    const glue = parts.some((part) => part === "." || part === "..") ? "%2F" : "/";
    return "/keyword/" + parts.map(encodeURIComponent).join(glue);
  }

  function hide() {
    if (menu) menu.remove();
    menu = null;
  }

  function choice(name, address, text) {
    const link = document.createElement("a");
    link.className = name;
    link.href = address;
    link.textContent = text;
    menu.append(link);
  }

  // writing.js takes what is selected along with the click on any link to the reply of the entry it is in.
  function offer() {
    const selection = document.getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const around = range && elementOf(range.commonAncestorContainer)?.closest(".body, .definition");
    const text = around ? selection.toString().trim() : "";
    if (!text) {
      if (!menu || !menu.contains(document.activeElement)) hide();
      return;
    }
    if (menu && menu.dataset.text === text) return;
    hide();
    const word = selectedWord(text);
    const reply = around.closest("article.entry")?.querySelector("a.reply");
    if (!word && !reply) return;
    menu = document.createElement("span");
    menu.className = "look-up";
    menu.dataset.text = text;
    if (word) choice("word", path(word), `${labels.lookUp} ${word}`);
    if (reply) choice("reply", reply.getAttribute("href"), labels.quote);
    // A press would end the selection, and with it the offer, before it counts as a click.
    menu.addEventListener("pointerdown", (event) => event.preventDefault());
    menu.addEventListener("mousedown", (event) => event.preventDefault());
    place(range);
  }

  // Right behind the text in the document, so that one goes on from there; below it on the screen.
  function place(range) {
    const element = elementOf(range.endContainer);
    const boxes = range.getClientRects();
    const box = boxes[boxes.length - 1] || element.getBoundingClientRect();
    (element.closest("a.k") || element).after(menu);
    if (element.matches("p, li, td, th, dd, dt, h3, h4, h5, h6, pre")) element.append(menu);
    const gap = matchMedia("(pointer: coarse)").matches ? 32 : 6; // below the handles of a touch screen
    const most = document.documentElement.clientWidth - menu.offsetWidth - 8;
    menu.style.left = `${Math.max(8, Math.min(box.left, most)) + scrollX}px`;
    menu.style.top = `${box.bottom + scrollY + gap}px`;
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    // The text itself has no focus, so Tab would go on from the beginning of the page.
    if (event.key === "Tab" && !event.shiftKey && menu && !menu.contains(document.activeElement)) {
      event.preventDefault();
      menu.firstElementChild.focus();
    }
  });
  addEventListener("resize", hide);
})();
