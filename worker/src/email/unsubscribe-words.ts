/** What the page of unsubscribing says. */
export interface UnsubscribeWords {
  ask: string;
  button: string;
  done: string;
  told: string;
}

/** By language, ISO 639. Another one: its words here. */
export const UNSUBSCRIBE_WORDS = {
  en: {
    ask: "No more of these e-mails?",
    button: "Unsubscribe",
    done: "You are unsubscribed",
    told: "You will get no more of these e-mails.",
  },
  de: {
    ask: "Keine dieser E-Mails mehr?",
    button: "Abmelden",
    done: "Sie sind abgemeldet",
    told: "Sie bekommen keine dieser E-Mails mehr.",
  },
  es: {
    ask: "¿No quiere recibir más estos correos?",
    button: "Darse de baja",
    done: "Se ha dado de baja",
    told: "No recibirá más estos correos.",
  },
  fr: {
    ask: "Ne plus recevoir ces e-mails ?",
    button: "Se désabonner",
    done: "Votre désabonnement est enregistré",
    told: "Vous ne recevrez plus ces e-mails.",
  },
} as const satisfies Readonly<Record<string, UnsubscribeWords>>;
