// A page of background work follows it until it has ended. Without this script "Look again" does.
"use strict";
(() => {
  const follow = async () => {
    const job = document.getElementById("job");
    if (!job || !job.dataset.follow) return;
    try {
      const answer = await fetch(job.dataset.follow, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("job");
      if (!fresh) return;
      const state = job.querySelector(".job-state");
      if (fresh.dataset.follow) state.replaceChildren(...fresh.querySelector(".job-state").childNodes);
      else job.replaceWith(fresh);
    } catch {
      // The server may be starting again: ask once more.
    }
    setTimeout(follow, 2000);
  };
  setTimeout(follow, 2000);
})();
