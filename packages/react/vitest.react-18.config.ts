import { reactProject } from "./react-project.ts";

export default reactProject(18, "../../test/react-18/node_modules");
