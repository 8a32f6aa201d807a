// Sliders beside the fields of an estimate, and results that follow them. Without this file the form works as it is.
"use strict";

const WAIT = 120; // milliseconds after the last movement
const AGAIN = 1000; // after the server had no place
const STEPS = 400;

const form = document.querySelector("form[data-numbers]");
const results = document.getElementById("results");
let timer = 0;
let running = false;
let moved = false;

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

function written(slider, ends) {
  return ends.reduce((text, end, place) => text.replace(`{${place}}`, String(end)), slider.template);
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
    range.setAttribute("aria-valuetext", String(end));
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
      range.setAttribute("aria-valuetext", String(ends[place]));
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
  field.closest(".field").classList.toggle("is-changed", field.value.trim() !== field.dataset.author);
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
    else if (answer.ok) results.innerHTML = await answer.text();
  } catch {
    soon(AGAIN);
  } finally {
    running = false;
    if (moved) soon(0);
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
