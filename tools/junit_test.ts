import assert from "node:assert/strict";
import { addTally, emptyTally, readJunit } from "./junit.ts";

const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="4" failures="1" errors="0" time="0.005">
    <testsuite name="./a_test.ts" tests="4" disabled="1" errors="0" failures="1">
        <testcase name="a &gt; b" classname="./a_test.ts" time="0.001" line="1" col="6">
        </testcase>
        <testcase name="bad" classname="./a_test.ts" time="0.000" line="2" col="6">
            <failure message="Uncaught Error: x &lt;skipped/&gt;">Error: &lt;/testcase&gt;</failure>
        </testcase>
        <testcase name="later" classname="./a_test.ts" time="0.000" line="3" col="6">
            <skipped/>
        </testcase>
        <testcase name="short" classname="./lib/b_test.ts" time="0.000"/>
    </testsuite>
</testsuites>`;

Deno.test("a report is counted by what became of each test", () => {
  const tally = readJunit(REPORT);
  assert.deepEqual([tally.passed, tally.failed, tally.ignored], [2, 1, 1]);
  assert.deepEqual([...tally.files], ["a_test.ts", "lib/b_test.ts"]);
});

Deno.test("an empty report counts nothing", () => {
  assert.deepEqual(readJunit(""), emptyTally());
});

Deno.test("tallies add up", () => {
  const sum = addTally(readJunit(REPORT), readJunit(REPORT));
  assert.deepEqual([sum.passed, sum.failed, sum.ignored, sum.files.size], [4, 2, 2, 2]);
});
