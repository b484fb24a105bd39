import { backOff } from "../deliver/back-off.ts";
import type { Plugin } from "../plugin.ts";
import { quietly } from "./quietly.ts";

export interface PushOptions {
  /** Where the worker runs, as in `init()`; the script tag's file knows it by itself. */
  edge?: string;
}

/** How often a connection has to show that it is alive, ms: networks let a silent one go after a minute or more. */
const PULSE = 45_000;

/**
 * Asks the edge as soon as something has changed there that this page cannot know of: what the customer does on another
 * device, what the shop's server says. Connected only while the page is seen, and there is a profile to be told of.
 */
export function push({ edge = new URL(".", import.meta.url).href }: PushOptions = {}): Plugin {
  const url = `${edge.replace(/^http/, "ws").replace(/\/*$/, "")}/v1/push`;
  return {
    name: "push",
    capture(murmur) {
      const line = keptLine(url, () => void murmur.sync());
      const life = new AbortController();
      const { signal } = life;
      let device: string;
      let allowed = false;
      const open = (): void => {
        if (allowed && !document.hidden && !signal.aborted) line.open(device);
      };
      // Without consent there is no profile, and no slots of it; and what was forgotten makes another device.
      const look = async (): Promise<void> => {
        const [now, slots] = await Promise.all([murmur.deviceId(), murmur.slots()]);
        allowed = !!slots;
        if (!allowed || now !== device) line.close();
        device = now;
        if (!line.isWaiting()) open();
      };
      const ignore = murmur.on("change", () => void look());
      void look();
      document.addEventListener("visibilitychange", () => (document.hidden ? line.close() : open()), {
        signal,
      });
      // A page that is connected is not kept for the back button.
      addEventListener("pagehide", line.close, { signal });
      addEventListener("pageshow", open, { signal });
      addEventListener("online", open, { signal });
      return () => {
        life.abort();
        ignore();
        line.close();
      };
    },
  };
}

interface Line {
  /** Connects as a device, unless it is; what breaks off is begun again, later each time. */
  open(device: string): void;
  close(): void;
  /** Whether it broke off and is to be begun again. */
  isWaiting(): boolean;
}

/** A connection to the edge; `onChange` is to ask what is new. */
function keptLine(url: string, onChange: () => void): Line {
  let socket: WebSocket | undefined;
  let timer = 0;
  let failures = 0;
  const close = (): void => {
    const left = socket;
    socket = undefined;
    clearTimeout(timer);
    timer = 0;
    left?.close();
  };
  const open = quietly((device: string) => {
    if (socket) return;
    close();
    // All that a browser's can say of itself, beside the address, which others may keep.
    const own = (socket = new WebSocket(url, ["murmur", `device.${device}`]));
    let isSilent = false;
    const again = (): void => {
      clearInterval(pulse);
      if (socket !== own) return;
      close();
      timer = window.setTimeout(open, backOff(++failures, Math.random()), device);
    };
    const pulse = window.setInterval(() => {
      if (isSilent) return again();
      isSilent = true;
      if (own.readyState === WebSocket.OPEN) own.send("ping");
    }, PULSE);
    own.addEventListener("close", again);
    // Of what came to pass until now, nobody was told.
    own.addEventListener("open", onChange);
    own.addEventListener("message", ({ data }) => {
      isSilent = false;
      failures = 0;
      if (data === "changed") onChange();
    });
  });
  return { open, close, isWaiting: () => timer > 0 };
}
