// The bar: the slider, the keys, copying a link. A page reads and asks without it: the bar is a form.
const DAY = 86400000;
const $ = id => document.getElementById(id);
const keys_of_question = ["as-of", "known-at", "clock", "rules", "slice"];

const slider = () => $("slider");
const iso = days => new Date(Date.parse(slider().dataset.first + "T00:00:00Z") + days * DAY).toISOString().slice(0, 10);
const after = ms => new Promise(done => setTimeout(done, ms));
const place = () => location.pathname + location.search;

// One page is fetched at a time, and of those asked for meanwhile the last: the slider is never behind.
let fetching = false, wanted = null, rest;
let asked = new URL(location.href); // what was asked last, shown or not yet
let shown = place(); // what the address said when the page that is seen was put there
let leaving = false; // the browser goes elsewhere by itself, and ends what is fetched

/** What was asked last, with `changes`: what stands in a field and was not submitted is not asked. */
function address(changes) {
  const url = new URL(asked);
  url.searchParams.delete("head");
  for (const [key, value] of Object.entries(changes)) {
    if (value) url.searchParams.set(key, value);
    else url.searchParams.delete(key);
  }
  return url;
}

/** The page that is `next`, and its address; where the server has no room now it is asked once more. */
async function fetched(next) {
  const url = new URL(next.url), ask = () => fetch(url, { headers: { accept: "text/html" } });
  if (next.brief) url.searchParams.set("brief", "1");
  let answer = await ask();
  if (answer.status === 503 && answer.headers.has("retry-after")) {
    await after(1000 * answer.headers.get("retry-after"));
    if (!wanted) answer = await ask();
  }
  const got = new URL(answer.url || url);
  got.searchParams.delete("brief");
  return [new DOMParser().parseFromString(await answer.text(), "text/html"), got];
}

/** Shows the page of `url` in the place of this one; the bar keeps its focus. */
async function go(url, push, brief) {
  clearTimeout(rest);
  asked = url;
  wanted = { url, push: push || wanted?.push, brief };
  if (fetching) return;
  fetching = true;
  const late = setTimeout(() => document.body.classList.add("busy"), 250);
  let next;
  try {
    while (wanted) {
      next = wanted;
      wanted = null;
      const [page, got] = await fetched(next);
      if (place() !== shown) return; // back meanwhile: moved() loads what is there
      if (wanted) { wanted.push ||= next.push; continue; } // another was asked for meanwhile
      if (!page.getElementById("ask")) { location.assign(next.url); return; } // without a bar: as it is
      history[next.push ? "pushState" : "replaceState"](null, "", got);
      asked = got;
      shown = place();
      show(page, next.brief);
      if (next.push) $("said").textContent = document.title;
    }
  } catch {
    if (!leaving) location.assign((wanted ?? next).url); // the browser says what is wrong
  } finally {
    fetching = false;
    wanted = null;
    clearTimeout(late);
    document.body.classList.remove("busy");
  }
}

/** Of a page that is brief what it has: the others of this one stay until the whole one is there. */
function show_brief(page) {
  for (const part of ["h1", ".lead", ...[...page.querySelectorAll("main > section[id]")].map(section => "#" + section.id)]) {
    const now = document.querySelector(`main > ${part}`), then = page.querySelector(`main > ${part}`);
    if (now && then) now.replaceWith(then);
  }
}

/** Makes the bar of `page` one with a script; no field is kept by the browser. */
function dress(page) {
  page.querySelectorAll(".ask [hidden]").forEach(part => { part.hidden = false; });
  page.querySelector(".ask button[type=submit]").classList.add("sr");
  page.querySelectorAll("form, input, select").forEach(part => part.setAttribute("autocomplete", "off"));
}

let dragged = false, owed = null; // the slider is held by the pointer; what it is to be when it is let go

/** Of nodes side by side those are one that have the same name. */
const named = node => [node.nodeName, node.getAttribute?.("id"), node.getAttribute?.("name")].join();

/** Makes `now` what `then` is, in place, but for a text that somebody is in and the slider that is held. */
function become(now, then) {
  if (dragged && now.classList.contains("slide")) { owed = then; return; }
  for (const { name } of [...now.attributes])
    if (!then.hasAttribute(name) && !(name === "open" && now.matches("details"))) now.removeAttribute(name);
  for (const { name, value } of then.attributes) if (now.getAttribute(name) !== value) now.setAttribute(name, value);
  become_within(now, then);
  if (!now.matches("input, select") || now.value === then.value) return;
  if (now !== document.activeElement || !now.matches("[type=text], [type=search]")) now.value = then.value;
}

function become_within(now, then) {
  let at = now.firstChild;
  for (const child of [...then.childNodes]) {
    let same = at;
    while (same && named(same) !== named(child) && child.nodeType === Node.ELEMENT_NODE) same = same.nextSibling;
    if (!same || named(same) !== named(child)) { now.insertBefore(child, at); continue; }
    while (at !== same) { const gone = at; at = at.nextSibling; gone.remove(); }
    at = same.nextSibling;
    if (child.nodeType === Node.ELEMENT_NODE) become(same, child);
    else if (same.data !== child.data) same.data = child.data;
  }
  while (at) { const gone = at; at = at.nextSibling; gone.remove(); }
}

/** The slider is let go: it is what was last shown, if nothing else was asked since. */
function let_go() {
  dragged = false;
  if (owed && !fetching) become(document.querySelector(".slide"), owed);
  owed = null;
}

/** A section's height without its padding and borders. */
function inner_height(section) {
  const style = getComputedStyle(section);
  return ["paddingTop", "paddingBottom", "borderTopWidth", "borderBottomWidth"].reduce(
    (left, side) => left - parseFloat(style[side]), section.getBoundingClientRect().height);
}

let fixed = null; // the section of a new page that is still to be put where it was

/** Of the page that is seen the heights of its sections; and of one that is scrolled which stays where it is: the first
    that begins in the upper half of the view, or else goes on there. */
function seen() {
  const heights = new Map();
  let stays = null;
  for (const section of document.querySelectorAll("main > .sec[id]")) {
    const { top, bottom } = section.getBoundingClientRect();
    heights.set(section.id, inner_height(section));
    if (bottom > 0 && (!stays || (stays.top < 0 && top < innerHeight / 2))) stays = { id: section.id, top };
  }
  return { heights, stays: fixed ?? (scrollY > 0 ? stays : null) };
}

/** Of a page that has just come in the place of another the sections that are not in view are laid out when they come
    into it (bar.css). Until then each is as high as it was. Those in view are before the observer is told of. */
function settle({ heights, stays }) {
  const main = document.querySelector("main");
  main.classList.add("stepped");
  for (const section of document.querySelectorAll("main > .sec[id]"))
    if (heights.has(section.id)) section.style.containIntrinsicBlockSize = `auto ${heights.get(section.id)}px`;
  fixed = stays;
  const laid_out = new ResizeObserver(() => {
    const section = fixed && $(fixed.id);
    if (section) scrollBy({ top: section.getBoundingClientRect().top - fixed.top, behavior: "instant" });
    fixed = null;
    laid_out.disconnect();
  });
  laid_out.observe(main);
}

/** The page in the place of the one that is seen; who was in its text is at its heading. */
function show(page, brief) {
  const before = seen();
  dress(page);
  const within = document.querySelector("main").contains(document.activeElement);
  document.title = page.title;
  if (page.body.dataset.head) document.body.dataset.head = page.body.dataset.head;
  else delete document.body.dataset.head;
  document.querySelectorAll(".changed").forEach(line => line.remove());
  if (brief) show_brief(page);
  for (const part of brief ? ["footer.basis"] : ["main", "footer.basis"]) {
    const now = document.querySelector(part), then = page.querySelector(part);
    if (now && then) now.replaceWith(then);
    else if (now) now.remove();
    else if (then) document.querySelector("main").after(then);
  }
  for (const part of ["header.bar", "#ask > .wrap"]) become(document.querySelector(part), page.querySelector(part));
  settle(before);
  const main = document.querySelector("main"), heading = main.querySelector("h1");
  if (!within || main.contains(document.activeElement)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Puts the slider on day `n` of the ledger's life, and asks. */
function slide(n) {
  const bar = slider();
  n = Math.max(0, Math.min(+bar.max, n));
  bar.value = n;
  bar.setAttribute("aria-valuetext", iso(n));
  $("as-of").value = iso(n);
  const url = address({ "as-of": iso(n) }), brief = !!document.querySelector(".dates");
  go(url, false, brief);
  if (brief) rest = setTimeout(() => go(url), 200);
}

/** A click that is no more than one: the others open what they are on elsewhere. */
const is_plain = event => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** The date in a drawing that is nearest to the pointer is chosen, as by its link in the table. */
function pick(event) {
  if (event.button > 1) return;
  const plot = event.target.closest(".pick"), dates = event.target.closest(".dates");
  if (!plot || !dates) return;
  const box = plot.getBoundingClientRect();
  const first = Date.parse(dates.dataset.first), last = Date.parse(dates.dataset.last);
  const at = first + (last - first) * (event.clientX - box.left) / box.width;
  let nearest = null, least = Infinity;
  for (const link of document.querySelectorAll(".dates-table th a")) {
    const away = Math.abs(Date.parse(link.textContent) - at);
    if (away < least) { least = away; nearest = link; }
  }
  if (!nearest) return;
  if (is_plain(event)) go(new URL(nearest.href), true);
  else open(nearest.href, "_blank", "noopener");
}

async function copy() {
  const url = new URL(location.href);
  const head = document.body.dataset.head;
  url.searchParams.delete("head");
  if (head) url.searchParams.set("head", head);
  if (!url.searchParams.get("as-of")) url.searchParams.set("as-of", $("as-of").placeholder);
  try {
    await navigator.clipboard.writeText(url.href);
    $("said").textContent = "Link copied";
    $("copy").textContent = "Copied";
  } catch {
    history.replaceState(null, "", url);
    shown = place();
    $("said").textContent = $("copy").textContent = "Copy from the address bar";
  }
  setTimeout(() => { $("copy").textContent = "Copy link"; $("said").textContent = ""; }, 2000);
}

/** Back and on: another page, or only another place on this one. */
function moved() {
  if (place() === shown) return;
  clearTimeout(rest);
  location.reload();
}

/** What the browser kept in fields for who comes back is not what this page is of. */
function as_served(but) {
  for (const form of document.forms) if (form !== but) HTMLFormElement.prototype.reset.call(form);
}

function begin_slider() {
  slider().addEventListener("input", () => slide(+slider().value));
  slider().addEventListener("keydown", event => {
    const step = { PageUp: 28, PageDown: -28 }[event.key];
    if (step) { event.preventDefault(); slide(+slider().value + step); }
  });
  slider().addEventListener("pointerdown", () => { dragged = true; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, let_go);
}

function begin() {
  dress(document);
  as_served(document.activeElement?.closest("form"));
  begin_slider();
  document.addEventListener("submit", event => {
    if (event.target !== $("ask")) return;
    event.preventDefault();
    go(address(Object.fromEntries(keys_of_question.map(key => [key, $(key).value.trim()]))), true);
  });
  for (const id of ["clock", "slice"]) $(id).addEventListener("change", () => go(address({ [id]: $(id).value }), true));
  // While something stands in a field that the page does not answer yet, the button is there that asks it.
  for (const id of ["as-of", "known-at", "rules"])
    $(id).addEventListener("input", () => $("ask").querySelector("button[type=submit]").classList.remove("sr"));
  document.querySelector("nav.pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  for (const id of ["back", "on", "today"])
    $(id).addEventListener("click", event => {
      if (!is_plain(event)) return;
      event.preventDefault();
      go(new URL($(id).href), true);
    });
  for (const click of ["click", "auxclick"]) document.addEventListener(click, pick);
  $("copy").addEventListener("click", copy);
  addEventListener("popstate", moved);
  addEventListener("pageshow", event => { // the whole page was kept
    if (!event.persisted) return;
    if (!fetching) asked = new URL(location.href);
    as_served();
  });
  addEventListener("beforeunload", () => { // or it is a download, and this page stays
    leaving = true;
    setTimeout(() => { leaving = false; }, 1000);
  });
}

const keys = { "/": () => $("q").focus(), "[": () => $("back").click(), "]": () => $("on").click(), "c": copy, "?": () => $("help").showModal() };
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input[type=text], input[type=search], select, dialog")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
begin();
