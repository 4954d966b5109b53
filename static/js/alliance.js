// Two comforts that need a script; every page works without them.
"use strict";

// On a phone the menu scrolls sideways: bring the current entry into view.
const menu = document.querySelector(".site-nav");
const current = menu && menu.querySelector("[aria-current]");
if (current && menu.scrollWidth > menu.clientWidth) {
  menu.scrollLeft = current.offsetLeft - (menu.clientWidth - current.offsetWidth) / 2;
}

// A refused form begins with what is wrong: readers by ear should begin there too.
const refused = document.querySelector(".error-summary");
if (refused) refused.focus();
