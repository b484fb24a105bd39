import { app } from "./app.ts";

export { Profile } from "./profile/profile-object.ts";

export default app;
