import { drawExperiment } from "./draw-experiment.js";

const form = document.querySelector("#ask");
const token = document.querySelector("#token");
const button = form.querySelector("button");
const state = document.querySelector("#state");
const list = document.querySelector("#experiments");

/** What a refusal means here. */
const REFUSED = { 401: "That is not the worker’s ADMIN_TOKEN.", 403: "This page’s origin may not ask." };

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void show();
});

// A link may bring the token in its fragment, which no server is sent; it does not stay in the address.
const given = new URLSearchParams(location.hash.slice(1)).get("token");
if (given) {
  history.replaceState(null, "", location.pathname);
  token.value = given;
  void show();
} else tell("Give the worker’s admin token to see what came of your experiments. It stays in this page.");

async function show() {
  button.disabled = true;
  tell("Counting …");
  try {
    const answer = await fetch("/v1/admin/experiments", {
      headers: { authorization: `Bearer ${token.value}` },
      cache: "no-store",
    });
    if (answer.ok) draw((await answer.json()).experiments);
    else tell(REFUSED[answer.status] ?? `The worker answered ${answer.status}. Try again.`, true);
  } catch {
    tell("The worker cannot be reached. Try again.", true);
  }
  button.disabled = false;
}

function draw(experiments) {
  list.replaceChildren(...experiments.map(drawExperiment));
  button.textContent = "Refresh";
  const at = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" }).format(new Date());
  tell(experiments.length > 0 ? `As of ${at}.` : "The definition has no experiments.");
}

function tell(text, isWrong = false) {
  state.textContent = text;
  state.classList.toggle("wrong", isWrong);
}
