import type { Definition } from "@murmur/core";

/** Slots that say back what somebody has told of themselves, wherever a slot can say anything. */
const definition: Definition = {
  segments: { everybody: { all: [] } },
  slots: {
    greeting: {
      variants: [
        {
          id: "known",
          when: { trait: { name: { $exists: true } } },
          content: {
            title: "Hello {{ traits.name }}",
            href: "/search?q={{ traits.name }}",
            image: "{{ traits.name }}",
            alt: "{{ traits.name }}",
            html: '<b>{{ traits.name }}</b> <a href="/x?q={{ traits.name }}">x</a>',
          },
        },
      ],
    },
  },
};

export default definition;
