/** How many members a class may have: beyond that it is more than one idea. */
const MAX = 20;

const rule = {
  create(context) {
    return {
      ClassBody(node) {
        if (node.body.length > MAX)
          context.report({
            node,
            message: `This class has ${node.body.length} members, more than ${MAX}: split it.`,
          });
      },
    };
  },
};

export default { meta: { name: "murmur" }, rules: { "max-class-members": rule } };
