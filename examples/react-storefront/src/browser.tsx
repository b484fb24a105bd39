import { init } from "@murmur/browser";
import { hydrateRoot } from "react-dom/client";
import { Shop, type ShopState } from "./shop.tsx";

// The worker that serves the page is the edge.
const murmur = init({ edge: location.origin, consent: "opt-out" });
// For the console.
Object.assign(window, { murmur });
const state = JSON.parse(document.getElementById("state")!.textContent!) as ShopState;
hydrateRoot(document, <Shop state={state} murmur={murmur} />);
