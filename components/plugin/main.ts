/**
 * Where Pulumi starts the plugin. Pulumi's own loader compiles this file, and would take seconds for all that it
 * needs; so it hands over to a fast compiler at once, before anything else is loaded.
 */
import { register } from "tsx/cjs/api";

register();
require("./start");
