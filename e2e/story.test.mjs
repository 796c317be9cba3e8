// One plan from its text to its proof, told in order: each chapter goes on where the one before ended.

import { after, before, describe } from "node:test";
import { citizens } from "./chapters/citizens.mjs";
import { elsewhere } from "./chapters/elsewhere.mjs";
import { issue } from "./chapters/issue.mjs";
import { languages } from "./chapters/languages.mjs";
import { newsroom } from "./chapters/newsroom.mjs";
import { ending } from "./chapters/ending.mjs";
import { orders } from "./chapters/orders.mjs";
import { plan } from "./chapters/plan.mjs";
import { proof } from "./chapters/proof.mjs";
import { refusals } from "./chapters/refusals.mjs";
import { report } from "./chapters/report.mjs";
import { session } from "./chapters/session.mjs";
import { year } from "./chapters/year.mjs";
import { Story } from "./lib/story.mjs";

describe("from plan to proof", { timeout: 20 * 60 * 1000 }, () => {
  const story = new Story();
  before(() => story.open());
  after(() => story.close());
  plan(story);
  issue(story);
  newsroom(story);
  citizens(story);
  orders(story);
  elsewhere(story);
  report(story);
  proof(story);
  session(story);
  refusals(story);
  year(story);
  languages(story);
  ending(story);
});
