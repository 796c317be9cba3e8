// One plan from its text to its proof, told in order: each chapter goes on where the one before ended.

import { after, before, describe } from "node:test";
import { citizens } from "./chapters/citizens.mjs";
import { criteria } from "./chapters/criteria.mjs";
import { elsewhere } from "./chapters/elsewhere.mjs";
import { evidence } from "./chapters/evidence.mjs";
import { issue } from "./chapters/issue.mjs";
import { languages } from "./chapters/languages.mjs";
import { log } from "./chapters/log.mjs";
import { newsroom } from "./chapters/newsroom.mjs";
import { ending } from "./chapters/ending.mjs";
import { orders } from "./chapters/orders.mjs";
import { owed } from "./chapters/owed.mjs";
import { papers } from "./chapters/papers.mjs";
import { plan } from "./chapters/plan.mjs";
import { proof } from "./chapters/proof.mjs";
import { refusals } from "./chapters/refusals.mjs";
import { report } from "./chapters/report.mjs";
import { score } from "./chapters/score.mjs";
import { session } from "./chapters/session.mjs";
import { year } from "./chapters/year.mjs";
import { Story } from "./lib/story.mjs";

const chapters = { plan, issue, newsroom, citizens, orders, elsewhere, report, proof, owed, evidence, criteria, papers, score, log, session, refusals, year, languages, ending };

/** All of them; or, while one is being written, only those that are named. */
const named = process.env.LOA_CHAPTERS?.split(",") ?? Object.keys(chapters);

describe("from plan to proof", { timeout: 40 * 60 * 1000 }, () => {
  const story = new Story();
  before(() => story.open());
  after(() => story.close());
  for (const name of named) chapters[name](story);
});
