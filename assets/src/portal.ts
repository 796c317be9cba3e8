// The public pages' script. Every page is complete without it; it only counts the visit and unhides three conveniences.

import { countView } from "./portal/views";
import { offerPrint, offerShare } from "./portal/tools";

countView(document);
offerPrint(document);
offerShare(document);
