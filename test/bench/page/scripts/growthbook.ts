import { GrowthBook } from "@growthbook/growthbook";
import { mark } from "./probe.ts";

/** As its guide begins: the features from its API, or from the page where the shop's server has put them there. */
mark("evaluated");
const growthbook = new GrowthBook({
  apiHost: location.origin,
  clientKey: "sdk-bench",
  attributes: {
    id: "1",
    views: { "running-shoes": 5 },
    adds: { socks: 2 },
    spent: { tents: 120 },
    idle: { tents: 9e6 },
  },
});
const evaluateAll = (): void => {
  const on = Object.keys(growthbook.getFeatures()).filter((feature) => growthbook.isOn(feature));
  document.documentElement.dataset["on"] = String(on.length);
  mark("ready");
};
if (window.payload) {
  growthbook.initSync({ payload: window.payload });
  evaluateAll();
} else {
  void growthbook.init().then(evaluateAll);
}
