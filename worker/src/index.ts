import { app } from "./app.ts";

export { HookTokens } from "./hooks/hook-tokens.ts";
export { EmailOwner } from "./identity/email-owner.ts";
export { Profile } from "./profile/profile-object.ts";

export default app;
