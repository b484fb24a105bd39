// Draws what /openapi.json says. Nothing is sent anywhere to have it checked.
window.SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
  // A key typed in here would be kept by the page.
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
  docExpansion: "list",
  // Of its themes, one whose numbers can be read on their ground.
  syntaxHighlight: { theme: "obsidian" },
});
