// Reloads the page when the site has changed, keeps the place where the reader was, and shows what is wrong over the page.
"use strict";
(() => {
  const version = Number(document.currentScript.dataset.version);
  const place = `advgen:${location.pathname}`;
  let stream = null;
  let closed = "";

  addEventListener("load", () => {
    const kept = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (kept !== null) scrollTo(0, Number(kept));
  });

  function element(name, text, kind) {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function show(problems) {
    document.getElementById("advgen-problems")?.remove();
    const whole = JSON.stringify(problems);
    if (!problems.length || whole === closed) return;
    const errors = problems.filter((problem) => problem.level === "error").length;
    const panel = element("aside", "");
    panel.id = "advgen-problems";
    panel.className = errors ? "errors" : "warnings";
    const bar = element("div", "", "bar");
    const rest = problems.length - errors;
    const parts = [];
    if (errors) parts.push(`${errors} ${errors === 1 ? "error" : "errors"}`);
    if (rest) parts.push(`${rest} ${rest === 1 ? "warning" : "warnings"}`);
    bar.append(element("strong", parts.join(", ")));
    const list = element("div", "", "list");
    for (const problem of problems) list.append(element("pre", problem.text, problem.level));
    // What stops a build, or is about this page, is open; the faults of other drafts are only counted.
    list.hidden = !problems.some((problem) => problem.stops || (problem.level === "error" && problem.page === location.pathname));
    const more = element("button", list.hidden ? "Show" : "Hide");
    more.addEventListener("click", () => {
      list.hidden = !list.hidden;
      more.textContent = list.hidden ? "Show" : "Hide";
    });
    const close = element("button", "Close");
    close.addEventListener("click", () => {
      closed = whole;
      panel.remove();
    });
    bar.append(more, close);
    panel.setAttribute("role", list.hidden ? "status" : "alert");
    panel.append(bar, list);
    document.body.append(panel);
  }

  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource("/.advgen/events");
    stream.addEventListener("message", (event) => {
      const state = JSON.parse(event.data);
      if (state.version === version) return show(state.problems);
      sessionStorage.setItem(place, String(scrollY));
      location.reload();
    });
  }

  // A browser opens few connections to a host: pages in the background give theirs back, and ask again when they are seen.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    }
    listen();
  });
  listen();
})();
