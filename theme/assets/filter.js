// Filters the list of the home page. What is chosen stands in the address. The entries come from the pages of the slices, which are
// there for readers without scripts too: of what is chosen, the slice with the fewest is read page by page, and its entries are
// held against the rest. Nothing is ever put together from text.
"use strict";
const form = document.querySelector(".filters");
const list = document.querySelector("ol.list");
const status = document.querySelector(".found");
const more = document.querySelector("button.more");
const clear = document.querySelector("button.clear");
const fields = [...document.querySelectorAll(".filters select, .filters input")];
const newest = [...(list?.children ?? [])];
const language = document.documentElement.lang;
const SIZE = 50;
const RANK = ["none", "low", "medium", "high", "critical"];
let run = 0;

const fits = {
  platform: (entry, value) => entry.platform.split(" ").some((each) => each === value || each === "all"),
  product: (entry, value) => entry.product.split(" ").includes(value),
  // What nobody has rated may be as bad as any.
  severity: (entry, value) => !RANK.includes(entry.severity) || RANK.indexOf(entry.severity) >= RANK.indexOf(value),
  kind: (entry, value) => entry.kind === value,
  year: (entry, value) => entry.year === value,
  exploited: (entry) => entry.exploited === "1",
};

const value = (field) => (field.type === "checkbox" ? (field.checked ? field.value : "") : field.value);
const source = (field) => (field.type === "checkbox" ? field : field.selectedOptions[0]).dataset;

function read() {
  const asked = new URLSearchParams(location.search);
  const known = new Set(fields.map((field) => field.name));
  for (const field of fields) {
    if (field.type === "checkbox") field.checked = asked.get(field.name) === field.value;
    else field.value = [...field.options].some((each) => each.value === asked.get(field.name)) ? asked.get(field.name) : "";
  }
  const odd = [...asked].find(([name, wanted]) => known.has(name) && wanted !== value(fields.find((field) => field.name === name)));
  if (odd) status.textContent = form.dataset.unknown.replace("{value}", odd[1].slice(0, 40));
}

function write() {
  const chosen = new URLSearchParams(fields.filter(value).map((field) => [field.name, value(field)])).toString();
  history.replaceState(null, "", location.pathname + (chosen && `?${chosen}`));
}

// A document that was asked for so runs nothing, and its links are whole.
const load = (address) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject(new Error(address)));
  request.onerror = reject;
  request.send();
});

async function* entries(address, chosen) {
  const seen = new Set();
  for (let next = address; next; ) {
    const page = await load(next);
    if (!page.querySelector("ol.list, .nothing")) throw new Error(next); // a server's own words, or another theme's: not an empty list
    for (const entry of page.querySelectorAll("ol.list > li")) {
      const links = [...entry.querySelectorAll("a")];
      if (!seen.has(links[0].href) && chosen.every((field) => fits[field.name](entry.dataset, value(field)))) {
        seen.add(links[0].href);
        for (const link of links) link.href = link.href;
        yield marked(document.importNode(entry, true), chosen);
      }
    }
    next = page.querySelector("a[rel=next]")?.href;
  }
}

// On a platform where nobody is affected, that is what its users want to read.
function marked(entry, chosen) {
  const platform = chosen.find((field) => field.name === "platform");
  if (platform && (entry.dataset.calm ?? "").split(" ").includes(value(platform))) {
    entry.querySelector(".mark").textContent = form.dataset.calm;
  }
  tell(entry); // of overdue.js, which the home page has too
  return entry;
}

function say(words, count) {
  status.textContent = words.replace("{count}", count.toLocaleString(language));
}

// Shows fifty, of which `next` is the first, and looks for one beyond them.
async function fill(found, mine, shown, next) {
  list.setAttribute("aria-busy", "true");
  more.hidden = true;
  let count = shown;
  let entry = await next;
  if (run === mine && shown === 0) list.replaceChildren();
  for (; run === mine && !entry.done && count < shown + SIZE; count += 1) {
    list.append(entry.value);
    entry = await found.next();
  }
  if (run !== mine) return;
  list.removeAttribute("aria-busy");
  if (entry.done) {
    say(count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : form.dataset.other, count);
    return;
  }
  say(form.dataset.first, count);
  more.hidden = false;
  more.onclick = () => {
    fill(found, mine, count, entry).then(() => list.children[count]?.querySelector("a").focus(), () => fail(mine));
  };
}

function fail(mine) {
  if (run !== mine) return;
  list.removeAttribute("aria-busy");
  say(form.dataset.failed, 0);
}

async function apply() {
  run += 1;
  const mine = run;
  const chosen = fields.filter(value);
  clear.hidden = chosen.length === 0;
  more.hidden = true;
  if (chosen.length === 0) {
    status.textContent = "";
    list.removeAttribute("aria-busy");
    list.replaceChildren(...newest);
    return;
  }
  const smallest = chosen.reduce((a, b) => (Number(source(b).count) < Number(source(a).count) ? b : a));
  const found = entries(source(smallest).page, chosen);
  const before = list.firstElementChild;
  try {
    await fill(found, mine, 0, found.next());
  } catch {
    if (run === mine && list.firstElementChild === before) list.replaceChildren(); // it does not show what was chosen
    fail(mine);
  }
}

if (form && list) {
  form.classList.add("ready");
  form.addEventListener("change", () => { write(); apply(); });
  clear.addEventListener("click", () => {
    for (const field of fields) field.type === "checkbox" ? (field.checked = false) : (field.value = "");
    write();
    apply();
    fields[0].focus();
  });
  addEventListener("popstate", () => { read(); apply(); });
  read();
  if (fields.some(value)) apply();
}
