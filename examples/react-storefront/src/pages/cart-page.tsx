import { useTrack } from "@murmur/react";
import { useState, type ReactElement } from "react";
import { currency, findProduct, formatPrice } from "../../../storefront/catalogue.ts";
import { deliveryPrice, freeDeliveryFrom } from "../../../storefront/delivery.ts";
import { emptyCart, lineProperties, removeFromCart, useCart, type Line } from "../cart.ts";

export function CartPage(): ReactElement {
  const { id, lines } = useCart();
  const track = useTrack();
  const [ordered, setOrdered] = useState<string>();
  const known = lines.flatMap((line) => {
    const product = findProduct(line.slug);
    return product ? [{ line, product }] : [];
  });
  const revenue = known.reduce((sum, { line, product }) => sum + product.price * line.quantity, 0);
  const shipping = revenue >= freeDeliveryFrom ? 0 : deliveryPrice;
  const total = revenue + shipping;

  const remove = (line: Line): void => {
    removeFromCart(line);
    const product = findProduct(line.slug);
    if (product) void track("Product Removed", { ...lineProperties(product, line), cart_id: id });
  };
  const order = (): void => {
    const orderId = `TF${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
    const products = known.map(({ line, product }) => lineProperties(product, line));
    // The id makes an order that is sent twice count once.
    void track(
      "Order Completed",
      { order_id: orderId, total, revenue, shipping, currency, products },
      { id: `order-${orderId}` },
    );
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
            {known.map(({ line, product }) => (
              <li key={`${line.slug} ${line.size}`} className="line">
                <img src={`/pictures/${line.slug}.svg`} alt="" width="88" height="88" />
                <div className="line-text">
                  <a className="line-name" href={`/products/${line.slug}`}>
                    {product.name}
                  </a>
                  <span className="muted">{line.size ? `Size ${line.size}` : "One size"}</span>
                </div>
                <span className="muted">{line.quantity} ×</span>
                <span className="price">{formatPrice(product.price * line.quantity)}</span>
                <button
                  className="link"
                  type="button"
                  aria-label={`Remove ${product.name}`}
                  onClick={() => remove(line)}
                >
                  Remove
                </button>
              </li>
            ))}
          </ul>
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

function Thanks({ order }: { order: string }): ReactElement {
  return (
    <div className="wrap narrow">
      <header className="page-head">
        <p className="eyebrow">Order {order}</p>
        <h1>Thank you.</h1>
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
