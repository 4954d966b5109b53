// A passkey that was not used or not found: say so on the page instead of in the console only.
"use strict";

document.addEventListener("allauth.error", (event) => {
  const note = document.querySelector("[data-passkey-failed]");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
  note.focus();
});
