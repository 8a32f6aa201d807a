// Sliders beside the fields of an estimate, and results that follow them. Without this file the form works as it is.
"use strict";

const WAIT = 120; // milliseconds after the last movement
const AGAIN = 1000; // after the server had no place
const REST = 500; // without movement, before charts are drawn anew
const STEPS = 400;
const TRIES = 10;

const form = document.querySelector("form[data-numbers]");
const results = document.getElementById("results");
const charts = document.getElementById("charts");
let timer = 0;
let running = false;
let moved = false;
let resting = 0;

function position(slider, value) {
  const scale = slider.log ? Math.log : Number;
  const share = (scale(value) - scale(slider.least)) / (scale(slider.most) - scale(slider.least));
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}

function amount(slider, place) {
  const share = place / STEPS;
  const value = slider.log
    ? Math.exp(Math.log(slider.least) + share * (Math.log(slider.most) - Math.log(slider.least)))
    : slider.least + share * (slider.most - slider.least);
  return Number(value.toPrecision(3));
}

function told(number) {
  return String(number).replace("e+", "e");
}

function written(slider, ends) {
  return ends.reduce((text, end, place) => text.replace(`{${place}}`, told(end)), slider.template);
}

function addSliders(field) {
  const slider = JSON.parse(field.dataset.slider);
  const ends = [...slider.ends];
  const ranges = ends.map((end, place) => {
    const range = document.createElement("input");
    range.type = "range";
    range.max = STEPS;
    range.value = position(slider, end);
    const kind = ends.length === 1 ? field.dataset.only : place ? field.dataset.high : field.dataset.low;
    range.setAttribute("aria-label", `${field.name.slice(4)}: ${kind}`);
    range.setAttribute("aria-valuetext", told(end));
    return range;
  });
  ranges.forEach((range, place) => {
    range.addEventListener("input", () => {
      ends[place] = amount(slider, Number(range.value));
      const other = 1 - place;
      const crossed = ends.length === 2 && ends[0] >= ends[1];
      if (crossed) {
        const step = Math.min(STEPS, Math.max(0, Number(range.value) + (place ? -1 : 1)));
        ranges[other].value = step;
        ends[other] = amount(slider, step);
        if (ends[0] >= ends[1]) return;
      }
      range.setAttribute("aria-valuetext", told(ends[place]));
      field.value = written(slider, ends);
      mark(field);
      soon(WAIT);
    });
  });
  const box = document.createElement("div");
  box.className = "sliders";
  box.append(...ranges);
  field.after(box);
}

function mark(field) {
  const box = field.closest(".field");
  const changed = field.value.trim() !== field.dataset.author;
  box.classList.toggle("is-changed", changed);
  box.querySelector(".wrote").hidden = !changed;
}

function soon(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(compute, milliseconds);
}

async function compute() {
  if (running) {
    moved = true;
    return;
  }
  running = true;
  moved = false;
  const query = new URLSearchParams(new FormData(form));
  for (const field of form.querySelectorAll("[data-author]"))
    if (field.value.trim() === field.dataset.author) query.delete(field.name);
  query.delete("form");
  query.set("part", "results");
  try {
    const answer = await fetch(`${form.action}?${query}`);
    if (answer.status === 503) soon(AGAIN);
    else if (answer.ok) show(await answer.text());
  } catch {
    soon(AGAIN);
  } finally {
    running = false;
    if (moved) soon(0);
  }
}

function show(text) {
  const part = document.createElement("template");
  part.innerHTML = text;
  const fresh = part.content.querySelector(".charts");
  fresh?.remove();
  results.replaceChildren(part.content);
  charts.firstElementChild?.classList.add("is-old");
  clearTimeout(resting);
  if (fresh) resting = setTimeout(draw, REST, fresh, 0);
}

// The old charts stay until the new ones are there, so that nothing jumps.
async function draw(fresh, tried) {
  const mine = resting;
  const drawn = document.importNode(fresh, true);
  const images = [...drawn.querySelectorAll("img")];
  for (const image of images) image.loading = "eager";
  try {
    await Promise.all(images.map((image) => image.decode()));
    if (mine === resting) charts.replaceChildren(drawn);
  } catch {
    if (mine === resting && tried < TRIES) resting = setTimeout(draw, AGAIN, fresh, tried + 1);
  }
}

if (form) {
  for (const field of form.querySelectorAll("[data-author]")) {
    if (field.dataset.slider) addSliders(field);
    field.addEventListener("input", () => {
      mark(field);
      soon(4 * WAIT);
    });
  }
}
