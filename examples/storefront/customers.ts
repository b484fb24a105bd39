export type Customer = { id: string; name: string; email: string; line: string };

export const customers: readonly Customer[] = [
  {
    id: "cust-ada",
    name: "Ada Lovelace",
    email: "ada@example.com",
    line: "Runs before breakfast, likes it steep.",
  },
  {
    id: "cust-grace",
    name: "Grace Hopper",
    email: "grace@example.com",
    line: "Long roads, early starts, exact splits.",
  },
];

export const findCustomer = (id: string | null | undefined): Customer | undefined =>
  customers.find((customer) => customer.id === id);
