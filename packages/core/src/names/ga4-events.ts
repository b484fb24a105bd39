/**
 * GA4's recommended e-commerce events, by the names that the Segment spec has for them. Nothing is inherited: it may be asked for any
 * text. https://developers.google.com/analytics/devguides/collection/ga4/reference/events
 */
export const GA4_EVENTS = {
  __proto__: null,
  view_item: "Product Viewed",
  select_item: "Product Clicked",
  add_to_cart: "Product Added",
  remove_from_cart: "Product Removed",
  add_to_wishlist: "Product Added to Wishlist",
  view_item_list: "Product List Viewed",
  view_cart: "Cart Viewed",
  begin_checkout: "Checkout Started",
  add_shipping_info: "Checkout Step Completed",
  add_payment_info: "Payment Info Entered",
  purchase: "Order Completed",
  refund: "Order Refunded",
  view_promotion: "Promotion Viewed",
  select_promotion: "Promotion Clicked",
  search: "Products Searched",
  view_search_results: "Products Searched",
} as unknown as Readonly<Record<string, string>>;
