import { servePlugin } from "../../../../components/plugin/serve";
import { azuread } from "./plugin";

void servePlugin(azuread);
