import type { ReactElement } from "react";

export function NotFoundPage(): ReactElement {
  return (
    <div className="wrap narrow">
      <header className="page-head">
        <p className="eyebrow">404</p>
        <h1>The path ends here.</h1>
        <p className="lead">There is nothing at this address. It happens on the best of walks.</p>
      </header>
      <p className="actions">
        <a className="button" href="/">
          Back to the trailhead
        </a>
      </p>
    </div>
  );
}
