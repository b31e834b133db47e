// Beside each choice of a column stand values of the column chosen. Without this script those of the saved choice do.
"use strict";
(() => {
  const columns = new Map([...document.querySelectorAll("[data-column]")].map((line) => [line.dataset.column, line]));
  for (const choice of document.querySelectorAll(".import-columns select")) {
    choice.addEventListener("change", () => {
      const row = choice.closest("tr");
      const line = columns.get(choice.value.slice(1));
      const samples = choice.value.startsWith("+") && line ? line.querySelectorAll(".sample") : [];
      row.classList.toggle("is-mapped", Boolean(choice.value));
      row.querySelector(".samples").replaceChildren(...[...samples].map((sample) => sample.cloneNode(true)));
    });
  }
})();
