// The drawing of a matrix as a picture: the SVG is drawn into a canvas at twice its size and handed over as a file. Nothing leaves the browser.
const LONGEST_SIDE = 16000;

async function picture(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const scale = Math.min(2, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.naturalWidth * scale);
  canvas.height = Math.round(image.naturalHeight * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("nothing was drawn"))), "image/png");
  });
}

function handOver(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

for (const button of document.querySelectorAll("button.picture")) {
  const status = button.nextElementSibling;
  const about = status.textContent;
  button.parentElement.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = status.dataset.busy;
    try {
      handOver(await picture(button.dataset.drawing), button.dataset.name);
      status.textContent = about;
    } catch {
      status.textContent = status.dataset.failed;
    }
    button.disabled = false;
    button.focus();
  });
}
