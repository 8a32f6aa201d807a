// What needs a script in a page: links that are not shown leave the tab order, and a selected word can be looked up.
"use strict";

(() => {
  const LONGEST = 100; // characters of a keyword
  const PAUSE = 200; // milliseconds that a selection rests before it is offered
  const shown = getComputedStyle(document.documentElement).getPropertyValue("--links").trim() || "notable";
  const label = document.currentScript.dataset.lookUp;
  let link = null;
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

  // --- looking a selection up ---

  function selectedWord(selection) {
    if (selection.isCollapsed || !selection.rangeCount) return "";
    const node = selection.getRangeAt(0).commonAncestorContainer;
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    if (!element || !element.closest(".body, .definition")) return "";
    const word = selection.toString().trim();
    return /[\n\r\t]/.test(word) || [...word].length > LONGEST ? "" : word;
  }

  function path(word) {
    const parts = word.split("/");
    const glue = parts.some((part) => part === "." || part === "..") ? "%2F" : "/";
    return "/keyword/" + parts.map(encodeURIComponent).join(glue);
  }

  function hide() {
    if (link) link.remove();
    link = null;
  }

  function offer() {
    const selection = document.getSelection();
    const word = selectedWord(selection);
    if (!word) {
      if (!link || document.activeElement !== link) hide();
      return;
    }
    if (link && link.dataset.word === word) return;
    hide();
    const range = selection.getRangeAt(0);
    link = document.createElement("a");
    link.className = "look-up";
    link.dataset.word = word;
    link.href = path(word);
    link.textContent = `${label} ${word}`;
    // A press would end the selection, and with it the offer, before it counts as a click.
    link.addEventListener("pointerdown", (event) => event.preventDefault());
    link.addEventListener("mousedown", (event) => event.preventDefault());
    place(range);
  }

  // Right behind the text in the document, so that one goes on from there; below it on the screen.
  function place(range) {
    const node = range.endContainer;
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const boxes = range.getClientRects();
    const box = boxes[boxes.length - 1] || element.getBoundingClientRect();
    (element.closest("a.k") || element).after(link);
    if (element.matches("p, li, td, th, dd, dt, h3, h4, h5, h6, pre")) element.append(link);
    const gap = matchMedia("(pointer: coarse)").matches ? 32 : 6; // below the handles of a touch screen
    const most = document.documentElement.clientWidth - link.offsetWidth - 8;
    link.style.left = `${Math.max(8, Math.min(box.left, most)) + scrollX}px`;
    link.style.top = `${box.bottom + scrollY + gap}px`;
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, PAUSE);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    // The text itself has no focus, so Tab would go on from the beginning of the page.
    if (event.key === "Tab" && !event.shiftKey && link && document.activeElement !== link) {
      event.preventDefault();
      link.focus();
    }
  });
  addEventListener("resize", hide);
})();
