// A matrix wider than its frame opens at its newest meetings, with the numbers in view. Without this it opens at its oldest.
for (const frame of document.querySelectorAll(".score")) frame.scrollLeft = frame.scrollWidth;
