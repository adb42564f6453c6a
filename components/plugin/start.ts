import { entraConnectors } from "./plugin";
import { servePlugin } from "./serve";

void servePlugin(entraConnectors);
