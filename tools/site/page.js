// The bar: the slider, the keys, copying a link. A page reads and asks without it: the bar is a form.
const DAY = 86400000;
const $ = id => document.getElementById(id);
const keys_of_question = ["as-of", "known-at", "clock", "rules", "slice"];

const slider = () => $("slider");
const iso = days => new Date(Date.parse(slider().dataset.first + "T00:00:00Z") + days * DAY).toISOString().slice(0, 10);

/** This address with another date; fields that ask nothing are left out. */
function address(as_of) {
  const url = new URL(location.href);
  url.searchParams.delete("head");
  for (const key of keys_of_question) {
    const value = key === "as-of" ? as_of : $(key).value.trim();
    if (value) url.searchParams.set(key, value);
    else url.searchParams.delete(key);
  }
  return url;
}

// One page is fetched at a time, and of those asked for meanwhile the last: the slider is never behind.
let fetching = false, wanted = null, rest;

/** Shows the page of `url` in the place of this one; the bar keeps its focus. */
async function go(url, push, brief) {
  wanted = { url, push, brief };
  if (fetching) return;
  fetching = true;
  const late = setTimeout(() => document.body.classList.add("busy"), 250);
  try {
    while (wanted) {
      const next = wanted;
      wanted = null;
      const asked = new URL(next.url);
      if (next.brief) asked.searchParams.set("brief", "1");
      const answer = await fetch(asked, { headers: { accept: "text/html" } });
      if (answer.status === 403) { location.assign(next.url); return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (wanted) continue; // another was asked for meanwhile
      const got = new URL(answer.url || next.url);
      got.searchParams.delete("brief");
      history[next.push ? "pushState" : "replaceState"](null, "", got);
      show(page, next.brief);
    }
  } catch {
    location.assign(wanted ? wanted.url : url); // the browser says what is wrong
  } finally {
    fetching = false;
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

/** What of the page depends on the question; fields that somebody is in stay. */
function show(page, brief) {
  document.title = page.title;
  document.body.dataset.head = page.body.dataset.head ?? "";
  document.querySelectorAll(".changed").forEach(line => line.remove());
  if (brief) show_brief(page);
  for (const part of brief ? ["footer.basis", "nav.pages"] : ["main", "footer.basis", "nav.pages"]) {
    const now = document.querySelector(part), then = page.querySelector(part);
    if (now && then) now.replaceWith(then);
    else if (now) now.remove();
    else if (then) document.querySelector("main").after(then);
  }
  for (const id of ["back", "on", "today"]) if ($(id) && page.getElementById(id)) $(id).href = page.getElementById(id).getAttribute("href");
  const of = page.getElementById("slider");
  if (!of) return;
  for (const name of ["max", "value", "aria-valuetext", "data-first"]) {
    if (name === "value" && document.activeElement === slider()) continue;
    if (name === "value") slider().value = of.getAttribute("value");
    else slider().setAttribute(name, of.getAttribute(name));
  }
  if (document.activeElement !== $("as-of")) $("as-of").value = page.getElementById("as-of").getAttribute("value");
  $("as-of").placeholder = page.getElementById("as-of").placeholder;
}

/** Puts the slider on day `n` of the ledger's life, and asks. */
function slide(n) {
  const bar = slider();
  n = Math.max(0, Math.min(+bar.max, n));
  bar.value = n;
  bar.setAttribute("aria-valuetext", iso(n));
  $("as-of").value = iso(n);
  clearTimeout(rest);
  if (!document.querySelector(".dates")) { go(address(iso(n))); return; }
  go(address(iso(n)), false, true);
  rest = setTimeout(() => go(address(iso(n))), 200);
}

/** The date in a drawing that is nearest to the pointer is chosen, as by its link in the table. */
function pick(event) {
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
  if (nearest) go(new URL(nearest.href), true);
}

async function copy() {
  const url = new URL(location.href);
  url.searchParams.set("head", document.body.dataset.head);
  if (!url.searchParams.get("as-of")) url.searchParams.set("as-of", $("as-of").value || $("as-of").placeholder);
  try {
    await navigator.clipboard.writeText(url.href);
    $("said").textContent = "Link copied";
    $("copy").textContent = "Copied";
  } catch {
    history.replaceState(null, "", url);
    $("said").textContent = $("copy").textContent = "Copy from the address bar";
  }
  setTimeout(() => { $("copy").textContent = "Copy link"; $("said").textContent = ""; }, 2000);
}

function begin() {
  document.querySelectorAll(".ask [hidden]").forEach(part => { part.hidden = false; });
  document.querySelector(".ask button[type=submit]").classList.add("sr");
  slider().addEventListener("input", () => slide(+slider().value));
  slider().addEventListener("keydown", event => {
    const step = { PageUp: 28, PageDown: -28 }[event.key];
    if (step) { event.preventDefault(); slide(+slider().value + step); }
  });
  $("ask").addEventListener("submit", event => { event.preventDefault(); go(address($("as-of").value.trim()), true); });
  for (const id of ["clock", "slice"]) $(id).addEventListener("change", () => go(address($("as-of").value.trim()), true));
  for (const id of ["back", "on", "today"])
    $(id).addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(new URL($(id).href), true);
    });
  document.addEventListener("click", pick);
  $("copy").addEventListener("click", copy);
  addEventListener("popstate", () => location.reload());
}

const keys = { "/": () => $("q").focus(), "[": () => $("back").click(), "]": () => $("on").click(), "c": copy, "?": () => $("help").showModal() };
document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input[type=text], input[type=search], select, dialog")) return;
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});
begin();
