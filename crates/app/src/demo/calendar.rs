//! The days off of 2022 and 2023, as the Government Office announced them.

use base::calendar::working::DayKind;
use base::{Error, Refusal, Role};
use house::calendar;
use house::calendar::day_off::{Decision, NewDays, read_lines};
use jiff::civil::{DateTime, date};

use super::people::Staff;
use crate::Office;

/// The days in lieu of 01/01, 29/04 and 30/04, which fell on weekends in 2023 (Labour Code, art.
/// 111(3)), and the fixed days of art. 112.
const BY_LAW: &str = "01/01/2023 Tết Dương lịch
02/01/2023 Nghỉ bù Tết Dương lịch
29/04/2023 Giỗ Tổ Hùng Vương
30/04/2023 Ngày Chiến thắng
01/05/2023 Ngày Quốc tế lao động
02/05/2023 Nghỉ bù Giỗ Tổ Hùng Vương
03/05/2023 Nghỉ bù Ngày Chiến thắng
02/09/2023 Quốc khánh";

/// Tết and the days round the National Day, decided yearly.
const DECIDED: &str = "20/01/2023 - 26/01/2023 Nghỉ Tết Nguyên đán
01/09/2023 Nghỉ liền kề Quốc khánh
04/09/2023 Nghỉ bù Quốc khánh";

/// When the administrator entered them.
const ENTERED: DateTime = date(2022, 12, 2).at(9, 0, 0, 0);

/// Enters the days off.
///
/// # Faults
/// A line is no day, which the tests would show.
pub async fn enter(office: &Office, staff: &Staff) -> Result<(), Error> {
    let house = &office.editorial.house;
    house.clock.set(base::calendar::at_local(ENTERED));
    let administrator = staff.with(Role::Administrator)?;
    for lines in [BY_LAW, DECIDED] {
        let marks = read_lines(lines, DayKind::Holiday).map_err(Refusal::Invalid)?;
        let decision = Decision::default();
        calendar::add(house, administrator, &NewDays { marks, decision }).await?;
    }
    Ok(())
}
