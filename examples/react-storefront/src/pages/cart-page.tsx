import { useTrack } from "@murmur/react";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { currency, findProduct, formatPrice } from "../../../storefront/catalogue.ts";
import { deliveryPrice, freeDeliveryFrom } from "../../../storefront/delivery.ts";
import { emptyCart, lineProperties, useCart } from "../cart.ts";
import { CartLine, type KnownLine } from "../parts/cart-line.tsx";

export function CartPage(): ReactElement {
  const { id, lines } = useCart();
  const track = useTrack();
  const [ordered, setOrdered] = useState<string>();
  const known = lines.flatMap((line) => {
    const product = findProduct(line.slug);
    return product ? [{ line, product }] : [];
  });
  const order = (): void => {
    const orderId = `TF${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    const products = known.map(({ line, product }) => lineProperties(product, line));
    const properties = { order_id: orderId, ...costOf(known), currency, products };
    // The id makes an order that is sent twice count once.
    void track("Order Completed", properties, { id: `order-${orderId}` });
    emptyCart();
    setOrdered(orderId);
  };
  if (ordered !== undefined) return <Thanks order={ordered} />;
  return (
    <div className="wrap narrow">
      <header className="page-head">
        <h1>Your cart</h1>
      </header>
      {known.length === 0 ? (
        <section className="empty">
          <p className="lead">Nothing in here yet.</p>
          <p>
            <a className="button" href="/category/running-shoes">
              Find a pair of shoes
            </a>
          </p>
        </section>
      ) : (
        <section aria-label="Cart">
          <ul className="lines" role="list">
            {known.map((each) => (
              <CartLine key={`${each.line.slug} ${each.line.size}`} known={each} cartId={id} />
            ))}
          </ul>
          <Totals cost={costOf(known)} />
          <p className="actions">
            <button className="button" type="button" onClick={order} data-testid="place-order">
              Place the order
            </button>
            <a href="/">Keep looking</a>
          </p>
        </section>
      )}
    </div>
  );
}

interface Cost {
  revenue: number;
  shipping: number;
  total: number;
}

function costOf(lines: readonly KnownLine[]): Cost {
  const revenue = lines.reduce((sum, { line, product }) => sum + product.price * line.quantity, 0);
  const shipping = revenue >= freeDeliveryFrom ? 0 : deliveryPrice;
  return { revenue, shipping, total: revenue + shipping };
}

function Totals({ cost: { shipping, total } }: { cost: Cost }): ReactElement {
  return (
    <dl className="totals">
      <div>
        <dt>Delivery</dt>
        <dd>{shipping === 0 ? "Free" : formatPrice(shipping)}</dd>
      </div>
      <div className="total">
        <dt>Total</dt>
        <dd>{formatPrice(total)}</dd>
      </div>
    </dl>
  );
}

function Thanks({ order }: { order: string }): ReactElement {
  const title = useRef<HTMLHeadingElement>(null);
  // The button that had it is gone.
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="wrap narrow">
      <header className="page-head">
        <p className="eyebrow">Order {order}</p>
        <h1 ref={title} tabIndex={-1}>
          Thank you.
        </h1>
        <p className="lead">We are packing it now. A note goes out when it leaves the workshop.</p>
      </header>
      <p className="actions">
        <a className="button" href="/">
          Back to the shop
        </a>
      </p>
    </div>
  );
}
