import { vi } from "vitest";
import { signedText, type SnsMessage } from "../../src/hooks/sns-message.ts";
import { base64, bytesOf, TOPIC } from "./hook-signers.ts";

/** A certificate and its key, made for these tests: `openssl req -x509 -newkey rsa:2048 -nodes -days 36500`. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUchgfrjJxfARgmAJyt26LJcTjhcIwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIyMDgzMDAw
WhgPMjEyNjEwMjkwODMwMDBaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArody6oz4y1eVSEM8qmJE
+bCJkzxYJqe9NyWMM2bDdM8nLDhZIWj+jg48OY48BTQZrwxHdAJECP5I1OqqNS4p
KEmbakRpMSTuu5suXCoWTHYgsaPVNj0b1Nz7z0xpBwsDxuJk9zOUe+0RDtZZxwO+
w2VJXp9xwLNGsepF6nCg8ldlcGmdX3UyxEUe//wqmC2odVEaflArNS16cwhdQsK8
FGJNdNYPu7vrj8X93uQVACG5GFsYKXjE+8ZrtEXqM1KueFSlyK2tymhe7a9ZHRlO
d7Eh1eJo0y1+trrIAd8A7z4WTegqDl4bQeAdY9rMlkbAhX1RHyR46eQkAM4CmRjl
1QIDAQABo1MwUTAdBgNVHQ4EFgQUV2kC58OlU4f9HRE6H64VBG5631EwHwYDVR0j
BBgwFoAUV2kC58OlU4f9HRE6H64VBG5631EwDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEAgDHrbQArg63KJfIjtCKhmnLELPJkILdRJrfNi8lPV61b
lfbDL+A/BJPX+iCsIYo7jhHlWLtrD2VhHoxtv62Ju2iXHD0BMvt8lXizEtEyz5Hu
FJ7q+1j1oLjOoXUZPw38TJtYt7qumZ1gfl8xmB9Gl2jd/Zp1bAfuSHeNirAuUwJv
gLFgiir0bu8P9r/eAYNdC8HWKT3c2MHAwaAZhQSpdp7oq/iDwXkYjxFue6zJSzoK
Anbrs/D9TYNBJdG2fUVRFZ27Xks4FqLTbbY0MsWl74rDJmvBrhmI/dZh+5m137el
+bp/s8fbOPf/xifPavlXZJD5N0md6FYPfAjkASc7oA==
-----END CERTIFICATE-----
`;
const KEY =
  "MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCuh3LqjPjLV5VIQzyqYkT5sImTPFgmp703JYwzZsN0zycsOFkhaP6ODjw5jjwFNBmvDEd0AkQI/kjU6qo1LikoSZtqRGkxJO67my5cKhZMdiCxo9U2PRvU3PvPTGkHCwPG4mT3M5R77REO1lnHA77DZUlen3HAs0ax6kXqcKDyV2VwaZ1fdTLERR7//CqYLah1URp+UCs1LXpzCF1CwrwUYk101g+7u+uPxf3e5BUAIbkYWxgpeMT7xmu0ReozUq54VKXIra3KaF7tr1kdGU53sSHV4mjTLX62usgB3wDvPhZN6CoOXhtB4B1j2syWRsCFfVEfJHjp5CQAzgKZGOXVAgMBAAECggEAPT8WMj5XXtB0+D90Lhy/NNphZRRzoNkTeyNHkJA6/iZmCkwZ5zIXxpUzSEVkRbUzYC0QdCMJahiGSYWyRmhVFCjEi+XG/nKF/rsl6Tzxx1JbBcvHGjoWprwH+AbKAqk4YZZ4NRHaRST76/eH2OG1E4/bUAPnIOco422hrHRq3q/9NZFO5gjVCDawc5Z5YtbE8/ihkJzegZlgayHVphvDbwadrvebTz5ZGcUrygXmiT5fFVSxgkhVcMeiBmlHidtKeBRGpwdhZnuEikG1gMZ1G6dSXjVsdvCwuSF/aM0jJlNHYpWwWOKmGZb6ZMI3F3od3zaEcf47rHWXCPzxmwf+zwKBgQDfzkaNUR6Nq6dwbcqctTl757kDUql1gBM/4XdzOfcjwRtRii/S/XtFFAHl9Nhc7fjvXmiPxU1pqgfPZFope1zdSM46fL1TQ3cSQI/iRxwW3+wgYg4xgDtFljolFdwRNg8r/BGGzouJLa1Se9h90oIef0KXCERNpGxjz/eMA9IzhwKBgQDHoosFxzPDwaVOD5H6bEnQXiKtulYzzTPlpLExAdyO9fVpnmuBleOib5uUtYbfn7iMgh8dZ4bz2pnzyTJz83a3ySkCaO37xOIBSwEoHz/SXtLE5J4mbxnJe8DXKxMVLLEuUktCdomtqjIMCDXTCL7eX7KEyaVLYfMRPzxzkRyqwwKBgQDDg0wXABqU4LPxf7hUleyV1aTGxlvLjgtC7xCO1MCVt4jJ/tIwm8goXIYcAX1SEYI6elsV3eL2v9b60kwBmQdTONsQNRCfwHwwsb4AiuZ7BTsePwrvK3qcG9THuQT69CLk5dvZzG4RdJnJSO+jW1bYlYvyrQIeYdleiLtU0bG72QKBgH6ACQgISkzpEA5+30mIBN38SI09XhJFHXWO/pjHTTNpt7DNqeHbUPtFLZj1zhk15INkkMLZLzKmepd4Dnha9gdPeKUGSIcZIv0ewgTiiFaNr5EELRK9o+GAgZnWuajZQQzRKM9cvbFF/6CQM0seZ5QRn9V00UELODLdlzjD4x5xAoGBAIRaz9Kt3vNwxAoLIPyv4KVK1N3Ko+fGlL8a8o5BQ9jI5NlmbYuW1Zpg2AS2jRBDoy3YcWzllN91K/HNC1E1Su3abY3wkTLXO0hy2FmT0Zmnah4pxODV9U5OU0QXLRRL6uu6/o+qDoGnTRtAXSVxUhVF/fYtBm+ORi0y4vZc3zpx";

export const CERTIFICATE_URL =
  "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem";

/** A message as SNS would send it: whatever it is given is signed. */
export async function signedSns(given: Partial<SnsMessage> = {}): Promise<SnsMessage> {
  const message: SnsMessage = {
    Type: "Notification",
    MessageId: crypto.randomUUID(),
    TopicArn: TOPIC,
    Message: "Hello",
    Timestamp: "2026-11-22T08:00:00.000Z",
    SignatureVersion: "2",
    Signature: "",
    SigningCertURL: CERTIFICATE_URL,
    ...given,
  };
  const hash = message.SignatureVersion === "1" ? "SHA-1" : "SHA-256";
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash };
  const key = await crypto.subtle.importKey("pkcs8", bytesOf(KEY), algorithm, false, ["sign"]);
  const signature = await crypto.subtle.sign(
    algorithm.name,
    key,
    new TextEncoder().encode(signedText(message)),
  );
  return { ...message, Signature: base64(signature) };
}

/**
 * Amazon, as far as the worker speaks with it: serves the certificate, and takes confirmations. As the platform does, it
 * follows a redirect that it is not told to leave alone. Returns what was fetched.
 */
export function amazon(answer: (url: string) => Response | undefined = () => undefined): string[] {
  const fetched: string[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const url = String(input instanceof Request ? input.url : input);
    fetched.push(url);
    const given = answer(url);
    const isFollowed = given?.headers.has("location") && init?.redirect !== "manual";
    if (given && !isFollowed) return given;
    return new Response(url.endsWith(".pem") ? CERTIFICATE : "<ConfirmSubscriptionResponse/>");
  });
  return fetched;
}
