/** Payloads after the examples and lists of fields in the providers' own documentation, whose pages are named. */

/** twilio.com/docs/sendgrid/for-developers/tracking-events/event: one of each kind, in one batch. */
export const SENDGRID_BATCH = (
  [
    ["processed", {}],
    ["deferred", { response: "400 try again later", attempt: "5" }],
    ["delivered", { response: "250 OK" }],
    [
      "open",
      {
        useragent: "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)",
        ip: "255.255.255.255",
      },
    ],
    [
      "click",
      {
        useragent: "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)",
        ip: "255.255.255.255",
        url: "http://www.sendgrid.com/",
      },
    ],
    ["bounce", { reason: "500 unknown recipient", status: "5.0.0" }],
    ["dropped", { reason: "Bounced Address", status: "5.0.0" }],
    ["spamreport", {}],
    ["unsubscribe", {}],
    [
      "group_unsubscribe",
      {
        useragent: "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)",
        ip: "255.255.255.255",
        url: "http://www.sendgrid.com/",
        asm_group_id: 10,
      },
    ],
    [
      "group_resubscribe",
      {
        useragent: "Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)",
        ip: "255.255.255.255",
        url: "http://www.sendgrid.com/",
        asm_group_id: 10,
      },
    ],
  ] as const
).map(([event, more]) => ({
  email: "example@test.com",
  timestamp: 1513299569,
  "smtp-id": "<14c5d75ce93.dfd.64b469@ismtpd-555>",
  event,
  category: "cat facts",
  sg_event_id: `sg_event_id_${event}`,
  sg_message_id: "sg_message_id",
  ...more,
}));

/** documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads */
export const MAILGUN_OPENED = {
  id: "Ase7i2zsRYeDXztHGENqRA",
  timestamp: 1521243339.873676,
  "log-level": "info",
  event: "opened",
  message: { headers: { "message-id": "20130503182626.18666.16540@sample.mailgun.com" } },
  recipient: "alice@example.com",
  "recipient-domain": "example.com",
  ip: "50.56.129.169",
  geolocation: { country: "US", region: "CA", city: "San Francisco" },
  "client-info": {
    "client-os": "Linux",
    "device-type": "desktop",
    "client-name": "Chrome",
    "client-type": "browser",
    "user-agent":
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.31 (KHTML, like Gecko) Chrome/26.0.1410.43 Safari/537.31",
  },
  campaigns: [],
  tags: ["my_tag_1", "my_tag_2"],
  "user-variables": { my_var_1: "Mailgun Variable #1", "my-var-2": "awesome" },
};

const postmark = {
  MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
  MessageStream: "outbound",
  Tag: "welcome-email",
  Metadata: { a_key: "a_value", b_key: "b_value" },
};

/** postmarkapp.com/developer/webhooks/open-tracking-webhook */
export const POSTMARK_OPEN = {
  ...postmark,
  RecordType: "Open",
  FirstOpen: true,
  Client: { Name: "Chrome 35.0.1916.153", Company: "Google", Family: "Chrome" },
  OS: { Name: "OS X 10.7 Lion", Company: "Apple Computer, Inc.", Family: "OS X 10" },
  Platform: "WebMail",
  UserAgent:
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_7_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/35.0.1916.153 Safari/537.36",
  ReceivedAt: "2019-11-05T16:33:54.9070259Z",
  Recipient: "john@example.com",
};

/** postmarkapp.com/developer/webhooks/click-webhook */
export const POSTMARK_CLICK = {
  ...postmark,
  RecordType: "Click",
  ClickLocation: "HTML",
  Platform: "Desktop",
  OriginalLink: "https://example.com",
  ReceivedAt: "2017-10-25T15:21:11.9065619Z",
  Recipient: "john@example.com",
};

/** postmarkapp.com/developer/webhooks/delivery-webhook */
export const POSTMARK_DELIVERY = {
  ...postmark,
  RecordType: "Delivery",
  ServerID: 23,
  Recipient: "john@example.com",
  DeliveredAt: "2019-11-05T16:33:54.9070259Z",
  Details: "Test delivery webhook details",
};

/** postmarkapp.com/developer/webhooks/bounce-webhook */
export const POSTMARK_BOUNCE = {
  ...postmark,
  RecordType: "Bounce",
  ID: 42,
  Type: "HardBounce",
  TypeCode: 1,
  Name: "Hard bounce",
  ServerID: 1234,
  Description: "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
  Details: "Test bounce details",
  Email: "john@example.com",
  From: "sender@example.com",
  BouncedAt: "2014-08-01T13:28:10.2735393-04:00",
  DumpAvailable: true,
  Inactive: true,
  CanActivate: true,
  Subject: "Test subject",
};

/** postmarkapp.com/developer/webhooks/subscription-change-webhook */
export const POSTMARK_SUBSCRIPTION = {
  ...postmark,
  RecordType: "SubscriptionChange",
  ServerID: 123456,
  ChangedAt: "2020-02-01T10:53:34.416071Z",
  Recipient: "bounced-address@example.com",
  Origin: "Recipient",
  SuppressSending: true,
  SuppressionReason: "HardBounce",
};

/** resend.com/docs/webhooks/emails: what all events of a message have. */
export const RESEND_EMAIL = {
  broadcast_id: "8b146471-e88e-4322-86af-016cd36fd216",
  created_at: "2024-11-22T23:41:11.894719+00:00",
  email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
  from: "Acme <onboarding@resend.dev>",
  to: ["delivered@resend.dev"],
  subject: "Sending this example",
  template_id: "43f68331-0622-4e15-8202-246a0388854b",
  tags: { category: "confirm_email" },
};

/** What Klaviyo's Get Event answers, as a system webhook carries it: developers.klaviyo.com/en/docs/working_with_system_webhooks */
export function klaviyoEvent(topic: string, properties: object = {}, profile: object = {}) {
  return {
    external_id: "4L3cwQae2TX",
    topic: `event:klaviyo.${topic}`,
    payload: {
      data: {
        type: "event",
        id: "4L3cwQae2TX",
        attributes: {
          timestamp: 1704391525,
          event_properties: {
            Subject: "Welcome",
            "Campaign Name": "Spring",
            $message: "01ABC",
            ...properties,
          },
          datetime: "2024-01-04T18:05:25+00:00",
          uuid: "f1b5c800-ab2c-11ee-8001-5c4ce3fe2a52",
        },
        relationships: { profile: { data: { type: "profile", id: "01GDDKASAP8TKDDA2GRZDSVP4H" } } },
      },
      included: [
        {
          type: "profile",
          id: "01GDDKASAP8TKDDA2GRZDSVP4H",
          attributes: { email: "sarah.mason@klaviyo-demo.com", external_id: null, ...profile },
        },
      ],
    },
  };
}

const sesMail = {
  timestamp: "2017-08-09T23:50:05.795Z",
  source: "sender@example.com",
  sourceArn: "arn:aws:ses:us-east-1:123456789012:identity/sender@example.com",
  sendingAccountId: "123456789012",
  messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
  destination: ["recipient@example.com"],
  headersTruncated: false,
  headers: [{ name: "Subject", value: "Message sent from Amazon SES" }],
  commonHeaders: {
    from: ["sender@example.com"],
    to: ["recipient@example.com"],
    messageId: "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
    subject: "Message sent from Amazon SES",
  },
  tags: { "ses:configuration-set": ["ConfigSet"], myCustomTag1: ["myCustomTagValue1"] },
};

/** docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html */
export const SES = {
  delivery: {
    eventType: "Delivery",
    mail: sesMail,
    delivery: {
      timestamp: "2016-10-19T23:21:04.133Z",
      processingTimeMillis: 11893,
      recipients: ["recipient@example.com"],
      smtpResponse: "250 2.6.0 Message received",
      reportingMTA: "mta.example.com",
    },
  },
  open: {
    eventType: "Open",
    mail: sesMail,
    open: {
      ipAddress: "192.0.2.1",
      timestamp: "2017-08-09T22:00:19.652Z",
      userAgent:
        "Mozilla/5.0 (iPhone; CPU iPhone OS 10_3_3 like Mac OS X) AppleWebKit/603.3.8 (KHTML, like Gecko) Mobile/14G60",
    },
  },
  click: {
    eventType: "Click",
    click: {
      ipAddress: "192.0.2.1",
      link: "http://docs.aws.amazon.com/ses/latest/DeveloperGuide/send-email-smtp.html",
      linkTags: { samplekey0: ["samplevalue0"], samplekey1: ["samplevalue1"] },
      timestamp: "2017-08-09T23:51:25.570Z",
      userAgent:
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.90 Safari/537.36",
    },
    mail: sesMail,
  },
  bounce: {
    eventType: "Bounce",
    bounce: {
      bounceType: "Permanent",
      bounceSubType: "General",
      bouncedRecipients: [
        {
          emailAddress: "recipient@example.com",
          action: "failed",
          status: "5.1.1",
          diagnosticCode: "smtp; 550 5.1.1 user unknown",
        },
      ],
      timestamp: "2017-08-05T00:41:02.669Z",
      feedbackId: "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
      reportingMTA: "dsn; mta.example.com",
    },
    mail: sesMail,
  },
  complaint: {
    eventType: "Complaint",
    complaint: {
      complainedRecipients: [{ emailAddress: "recipient@example.com" }],
      timestamp: "2017-08-05T00:41:02.669Z",
      feedbackId: "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
      complaintFeedbackType: "abuse",
      arrivalDate: "2017-08-05T00:41:02.669Z",
    },
    mail: sesMail,
  },
  send: { eventType: "Send", mail: sesMail, send: {} },
  reject: { eventType: "Reject", mail: sesMail, reject: { reason: "Bad content" } },
  failure: {
    eventType: "Rendering Failure",
    mail: sesMail,
    failure: { errorMessage: "Attribute 'attributeName' is not present in the rendering data." },
  },
  delay: {
    eventType: "DeliveryDelay",
    mail: sesMail,
    deliveryDelay: {
      timestamp: "2020-06-16T00:25:40.095Z",
      delayType: "TransientCommunicationFailure",
      delayedRecipients: [{ emailAddress: "recipient@example.com", status: "4.4.1" }],
    },
  },
};
