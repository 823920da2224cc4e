"use strict";
const findings = [...document.querySelectorAll(".finding")];
const marks = [...document.querySelectorAll("mark")];
const draft = document.querySelector(".draft");
const status = document.getElementById("status");
const keys = document.getElementById("keys");

const isShown = (finding) => getComputedStyle(finding).display !== "none";
const claimsOf = (mark) => mark.dataset.claims.split(" ");

function showPlace(number) {
  for (const mark of marks) mark.classList.toggle("current", claimsOf(mark).includes(number));
  for (const finding of findings) finding.classList.toggle("current", finding.dataset.number === number);
  const current = marks.find((mark) => mark.classList.contains("current"));
  if (current) reveal(current);
}

// Scrolls the draft beside the finding; where it stands above the findings, that would scroll the finding away.
function reveal(mark) {
  if (draft.scrollHeight <= draft.clientHeight) return;
  const pane = draft.getBoundingClientRect();
  const place = mark.getBoundingClientRect();
  if (place.top < pane.top || place.bottom > pane.bottom) draft.scrollTop += place.top - pane.top - pane.height / 3;
}

function open(finding) {
  finding.focus({ preventScroll: true });
  finding.scrollIntoView({ block: "start" });
}

function step(by) {
  const shown = findings.filter(isShown);
  const at = shown.indexOf(document.activeElement?.closest(".finding"));
  const next = shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : at + by];
  if (next) open(next);
}

function filter() {
  const shown = new Set(findings.filter(isShown).map((finding) => finding.dataset.number));
  for (const mark of marks) mark.classList.toggle("faded", !claimsOf(mark).some((number) => shown.has(number)));
  status.textContent = `Showing ${shown.size} of ${findings.length} claims.`;
}

for (const finding of findings) finding.addEventListener("focusin", () => showPlace(finding.dataset.number));
for (const mark of marks) {
  mark.addEventListener("click", () => {
    const finding = findings.find((each) => claimsOf(mark).includes(each.dataset.number) && isShown(each));
    if (finding) open(finding);
  });
}
for (const choice of document.getElementsByName("show")) choice.addEventListener("change", filter);
// A link to a finding that the filter hides would lead nowhere.
addEventListener("hashchange", () => {
  const target = document.getElementById(location.hash.slice(1));
  if (!target?.matches(".finding")) return;
  if (!isShown(target)) document.getElementById("show-all").click();
  open(target);
});
document.querySelector(".keys")?.removeAttribute("hidden");
addEventListener("keydown", (event) => {
  if (event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select")) return;
  if (!keys?.checked || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
});
