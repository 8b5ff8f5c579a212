// Where a page promises more by a time that is over, say how late it is. Without this script the page says it in general words.
"use strict";
function tell(part) {
  for (const place of part.querySelectorAll("[data-due]")) {
    const late = Date.now() - Date.parse(place.dataset.due);
    if (late > 0) {
      const days = Math.floor(late / 86_400_000);
      const { today, one, other } = place.dataset;
      const words = days === 0 ? today : days === 1 ? one : other;
      place.textContent = words.replace("{count}", days.toLocaleString(document.documentElement.lang));
      place.classList.add("late");
    }
  }
}
tell(document);
