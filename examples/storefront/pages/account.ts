import { customers, type Customer } from "../customers.ts";
import { html, type Html } from "../html.ts";
import type { Traits, View } from "../view.ts";
import { layout } from "./layout.ts";

export const accountPage = (view: View, signedOut: boolean): Html =>
  layout(view, {
    title: "Account",
    name: "account",
    traits: view.customer && traitsOf(view.customer),
    main: html`<div class="wrap narrow">${view.customer ? signedIn(view.customer) : signIn(signedOut)}</div>`,
  });

const initials = (name: string): string =>
  name
    .split(" ")
    .map((part) => part.charAt(0))
    .join("");

const traitsOf = ({ email, name }: Customer): Traits => ({ email, firstName: firstName(name) });

const firstName = (name: string): string => name.split(" ")[0] ?? name;

const signedIn = ({ name, email, id }: Customer): Html =>
  html`<header class="page-head">
      <h1>Hello, ${firstName(name)}.</h1>
      <p class="lead">What you look at here follows you to every device that you sign in on.</p>
    </header>
    <div class="person">
      <span class="avatar" aria-hidden="true">${initials(name)}</span>
      <div>
        <p class="line-name">${name}</p>
        <p class="muted">${email} · ${id}</p>
      </div>
      <form method="post" action="/account/sign-out">
        <button class="button button-quiet" type="submit" data-testid="sign-out">Sign out</button>
      </form>
    </div>`;

const signIn = (signedOut: boolean): Html =>
  html`<header class="page-head">
      <h1>${signedOut ? "You are signed out." : "Sign in"}</h1>
      <p class="lead">
        ${signedOut ? "This browser starts afresh, as someone we have not met." : "This is a demonstration: choose who you would like to be."}
      </p>
    </header>
    <ul class="people" role="list">
      ${customers.map(
        ({ id, name, line }) =>
          html`<li class="person">
            <span class="avatar" aria-hidden="true">${initials(name)}</span>
            <div>
              <p class="line-name">${name}</p>
              <p class="muted">${line}</p>
            </div>
            <form method="post" action="/account/sign-in">
              <button
                class="button"
                type="submit"
                name="customer"
                value="${id}"
                aria-label="Sign in as ${name}"
                data-testid="sign-in-${id}"
              >
                Sign in
              </button>
            </form>
          </li>`,
      )}
    </ul>`;
