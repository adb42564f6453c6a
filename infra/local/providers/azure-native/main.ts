import { servePlugin } from "../../../../components/plugin/serve";
import { azureNative } from "./plugin";

void servePlugin(azureNative);
