// What the agency is judged by: a guide with its two readings, and the published indices.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, go } from "../lib/story.mjs";

export function criteria(story) {
  test("the officer sees each rule as a sentence, and beside it what does not fit", async () => {
    const page = await story.at("officer");
    await go(page, "Bộ tiêu chí và chỉ số");
    await story.see(page, "officer", "criteria");
    await page.getByRole("link", { name: /^Tuyên truyền cải cách hành chính trong chỉ số cấp xã/ }).click();
    await page.getByText("dưới 90% không có điểm").first().waitFor();
    await page.getByText("phần chữ ghi 1 điểm, nhưng điểm của dòng này là 0,5").waitFor();
    await story.see(page, "officer", "criteria-set");
  });

  test("four of five is 0 by the rule and 0,8 by the second reading", async () => {
    const page = await story.at("officer");
    await page.getByRole("link", { name: "Mức độ thực hiện kế hoạch tuyên truyền" }).click();
    await field(page, "Đã đạt").fill("4");
    await field(page, "Được giao").fill("5");
    await page.getByRole("button", { name: "Tính thử" }).click();
    const trial = page.getByRole("region", { name: "Thử một số" });
    await trial.getByText("Theo cách chấm: 0 / 1").waitFor();
    await trial.getByText("Theo cách hiểu thứ hai: 0,8 / 1").waitFor();
    await page.getByRole("region", { name: "Hôm nay" }).getByText(/^Loa tính được: \d+ \/ \d+$/).waitFor();
    await story.see(page, "officer", "criteria-component");
    await page.getByRole("link", { name: "Sửa cách chấm" }).click();
    assert.equal(await field(page, "Ngưỡng dưới").inputValue(), "90%");
    await story.see(page, "officer", "criteria-rule");
  });

  test("a table is looked at before it is accepted", async () => {
    const page = await story.at("officer");
    await go(page, "Bộ tiêu chí và chỉ số");
    await page.getByRole("link", { name: "Nhập từ tệp" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải tệp mẫu" }).click()]);
    await page.getByLabel("Tệp bộ tiêu chí").setInputFiles(await download.path());
    await page.getByRole("button", { name: "Đọc tệp" }).click();
    await page.getByRole("button", { name: "Nhận thành dự thảo" }).waitFor();
    await page.getByText("2 chỗ trong bảng chưa khớp").waitFor();
    await story.see(page, "officer", "criteria-import");
  });

  test("the indices stand on the desk and before the public, each value with its source", async () => {
    const page = await story.at("officer");
    await page.goto("/desk/indices");
    await story.see(page, "officer", "indices");
    await page.getByRole("link", { name: /SIPAS/ }).click();
    await page.getByText("82,66%").first().waitFor();
    await story.see(page, "officer", "index");
    const { page: citizen } = await story.window();
    await citizen.goto("/chi-so");
    await citizen.getByRole("heading", { name: "Chỉ số chính thức" }).waitFor();
    await citizen.getByText("80,08%").first().waitFor();
    await citizen.getByText("Bình Định nhập vào Gia Lai").first().waitFor();
    await story.peruse(citizen, "indices");
    await citizen.goto("/en/chi-so");
    await citizen.getByRole("heading", { name: "Official indices" }).waitFor();
  });
}
