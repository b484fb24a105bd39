import { html, Html } from "../html.ts";
import type { Mail } from "../mail-provider.ts";
import type { View } from "../view.ts";
import type { Webhook } from "../webhook-receiver.ts";
import { layout } from "./layout.ts";

const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export const inboxPage = (view: View, mails: readonly Mail[], webhooks: readonly Webhook[] = []): Html =>
  layout(view, {
    title: "Inbox",
    name: "inbox",
    main: html`<div class="wrap narrow">
      <header class="page-head">
        <h1>Inbox</h1>
        <p class="lead">
          Every e-mail that the shop's journeys have sent, and what they have told the shop's other systems.
          None of it leaves this machine: stand-ins take the place of the provider and of the ad platform.
        </p>
      </header>
      <div class="inbox" data-inbox data-testid="inbox">
        ${mails.length > 0 ? list(mails) : nothing()} ${webhooks.length > 0 ? told(webhooks) : ""}
      </div>
    </div>`,
  });

const nothing = (): Html =>
  html`<div class="empty">
    <p>
      Nothing yet. Sign in, put something in the cart, and let the time machine go two hours forward: then we
      ask whether you are still thinking it over.
    </p>
    <a class="button" href="/account">Sign in</a>
  </div>`;

const list = (mails: readonly Mail[]): Html =>
  html`<ul class="mails" role="list">
    ${mails.map(letter)}
  </ul>`;

const told = (webhooks: readonly Webhook[]): Html =>
  html`<section class="webhooks" aria-labelledby="webhooks">
    <h2 id="webhooks">Webhooks</h2>
    <ul role="list">
      ${webhooks.map(call)}
    </ul>
  </section>`;

const call = ({ key, receiver, journey, person, dueAt }: Webhook): Html =>
  html`<li class="webhook" data-key="${key}" data-testid="webhook">
    <h3>${receiver}</h3>
    <dl class="mail-facts">
      <dt>Journey</dt>
      <dd>${journey}</dd>
      <dt>Customer</dt>
      <dd>${person}</dd>
      <dt>Due</dt>
      <dd><time datetime="${dueAt}">${clock.format(new Date(dueAt))}</time>, by the time machine</dd>
    </dl>
  </li>`;

const letter = ({ id, key, from, to, subject, arrivedAt, ...words }: Mail): Html =>
  html`<li class="mail" data-key="${key}" data-testid="mail">
    <h2 id="mail-${id}">${subject}</h2>
    <dl class="mail-facts">
      <dt>To</dt>
      <dd>${to.join(", ")}</dd>
      <dt>From</dt>
      <dd>${from}</dd>
      <dt>Arrived</dt>
      <dd>
        <time datetime="${new Date(arrivedAt).toISOString()}">${clock.format(arrivedAt)}</time>, by this
        machine
      </dd>
    </dl>
    <iframe
      class="mail-words"
      aria-labelledby="mail-${id}"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcdoc="${rendered(words).markup}"
    ></iframe>
  </li>`;

/**
 * In a sandbox, and under this page's policy: whatever the mail holds, it runs nothing and loads nothing. Its links open pages of their
 * own, as in a mail program.
 */
const rendered = (mail: Pick<Mail, "html" | "text">): Html =>
  html`<!doctype html>
    <meta name="viewport" content="width=device-width" />
    <base target="_blank" />
    <link rel="stylesheet" href="/assets/mail.css" />
    ${mail.html ? new Html(mail.html) : html`<pre>${mail.text}</pre>`}`;
