// The tool that tries requests on the page of the interface: large, and fetched when it is asked for. Without scripts the page says the same in words.
(() => {
  "use strict";

  const place = document.querySelector(".trying");
  const button = place.querySelector("button");

  const begin = () => {
    window.SwaggerUIBundle({
      url: button.dataset.schema,
      dom_id: "#swagger",
      docExpansion: "list",
      defaultModelsExpandDepth: -1,
      supportedSubmitMethods: ["get"],
      validatorUrl: null,
    });
    button.closest("p").hidden = true;
  };

  button.addEventListener("click", () => {
    button.disabled = true;
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: button.dataset.style });
    const script = Object.assign(document.createElement("script"), { src: button.dataset.script, onload: begin });
    document.head.append(style, script);
  });
  place.hidden = false;
})();
