import { reactProject } from "./react-project.ts";

export default reactProject(19, "../../node_modules");
