// What `looks.py` asks a page: each function lists what is wrong with it, in words.
(() => {
  // A skip link is beside the page until it has the focus, and what the head of a narrow table says stands before each cell instead.
  const BESIDE = ".skip, .rows thead, option, script, style";
  // It scrolls by itself, also with the keyboard.
  const SCROLLS = "[tabindex='0']";

  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !parent.checkVisibility() || parent.closest(BESIDE)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      found.push({ node, parent, text: node.data.trim().slice(0, 60), boxes });
    }
    return found;
  }

  function outside() {
    const wrong = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > innerWidth) wrong.push(`scrolls sideways: ${scrollWidth} in ${innerWidth}`);
    for (const { parent, text, boxes } of texts()) {
      if (parent.closest(SCROLLS)) continue;
      if (boxes.length > 5 && text.length / boxes.length < 2) wrong.push(`letter by letter: ${text}`);
      for (const box of boxes) if (box.left < -1 || box.right > innerWidth + 1) wrong.push(`outside: ${text}`);
    }
    for (const each of document.querySelectorAll("body *")) {
      const style = getComputedStyle(each);
      const start = each.outerHTML.slice(0, 80);
      const cuts = [style.overflowX, style.overflowY].some((how) => how === "hidden" || how === "clip");
      const isLarger = each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
      if (cuts && isLarger) wrong.push(`cut: ${start}`);
      if (!each.matches("img, select, input, button") || !each.checkVisibility()) continue;
      const box = each.getBoundingClientRect();
      if (box.left < 0 || box.right > innerWidth) wrong.push(`outside: ${start}`);
    }
    return wrong;
  }

  function overlaps() {
    const wrong = [];
    // Boxes of lines may touch, and those of accents may stand in each other; a third of a line is none of these.
    const inner = (box) => ({
      left: box.left + 1, right: box.right - 1, top: box.top + box.height / 3, bottom: box.bottom - box.height / 3,
    });
    const boxes = texts().flatMap(({ node, text, boxes }) => boxes.map((box) => ({ node, text, ...inner(box) })));
    boxes.sort((one, other) => one.top - other.top);
    boxes.forEach((one, at) => {
      for (let next = at + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
        const other = boxes[next];
        const meet = one.node !== other.node && one.left < other.right && other.left < one.right;
        if (meet) wrong.push(`${one.text} | ${other.text}`);
      }
    });
    return wrong;
  }

  function flaws() {
    const wrong = [];
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const levels = seen("h1, h2, h3, h4, h5, h6").map((each) => Number(each.tagName[1]));
    if (levels[0] !== 1 || levels.lastIndexOf(1) !== 0) wrong.push(`headings of the first level: ${levels}`);
    levels.forEach((each, at) => {
      if (at && each > levels[at - 1] + 1) wrong.push(`a level is left out: ${levels.slice(0, at + 1)}`);
    });
    if (!document.title || !document.documentElement.lang) wrong.push("no title or language");
    for (const each of seen("a[href], button")) {
      const name = each.innerText.trim() || each.ariaLabel || each.querySelector("img[alt]:not([alt=''])");
      if (!name) wrong.push(`no name: ${each.outerHTML}`);
    }
    for (const each of seen("nav, section.actions, section.facts, [role='region']")) {
      const name = each.ariaLabel || document.getElementById(each.getAttribute("aria-labelledby"));
      if (!name) wrong.push(`no name: ${each.outerHTML.slice(0, 80)}`);
    }
    for (const each of seen("select, input")) if (!each.labels.length) wrong.push(`no label: ${each.name}`);
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    if (new Set(ids).size !== ids.length) wrong.push(`an id stands there twice: ${ids}`);
    for (const each of document.querySelectorAll("a[href^='#']")) {
      if (!ids.includes(decodeURIComponent(each.hash.slice(1)))) wrong.push(`leads nowhere: ${each.hash}`);
    }
    return wrong;
  }

  function moving() {
    const moves = ({ transitionDuration, animationName }) => transitionDuration !== "0s" || animationName !== "none";
    return [...document.querySelectorAll("*")].filter((each) => moves(getComputedStyle(each))).map((each) => each.outerHTML.slice(0, 80));
  }

  // What is at the left and at the right of each element; code and fields are the browser's, and the same in all languages.
  function sides() {
    const of = (style, side) => [style[`padding${side}`], style[`margin${side}`], style[`border${side}Width`]].join(" ");
    const found = [...document.querySelectorAll("body, body *")].filter((each) => !each.closest("code, pre, option, input"));
    return found.map((each) => {
      const style = getComputedStyle(each);
      return [each.outerHTML.slice(0, 80), of(style, "Left"), of(style, "Right")];
    });
  }

  return { outside, overlaps, flaws, moving, sides };
})()
