//! What the office is measured by: the guide of Xuân Lộc as a draft, and indices as published. Only
//! values that were read in published pages stand here; those of 2023 came out after the day on which
//! the demonstration lives, and are there so that there is more than one year to look at.

use base::{Error, Role};
use jiff::civil::{Date, DateTime, date};
use measure::criteria::guide::GUIDES;
use measure::criteria::{self, Bringer};
use measure::indices::acts;
use measure::indices::index::{IndexDetails, Unit};
use measure::indices::result_file::TypedResult;
use rust_decimal::Decimal;

use super::people::Staff;
use crate::Office;

/// When the officer entered them.
const ENTERED: DateTime = date(2023, 12, 11).at(9, 0, 0, 0);

const MEAN: &str = "Trung bình cả nước";
const SIPAS_2022: &str = "Bộ Nội vụ công bố SIPAS 2022";
const SIPAS_2023: &str = "Bộ Nội vụ công bố SIPAS 2023";
const PAR_2023: &str = "Bộ Nội vụ công bố PAR INDEX 2023";

/// Body, year, value in hundredths, place, source.
type Known = (&'static str, i16, i64, Option<i64>, &'static str);

const SIPAS: [Known; 6] = [
    (MEAN, 2022, 8008, None, SIPAS_2022),
    (MEAN, 2023, 8266, None, SIPAS_2023),
    ("Quảng Ninh", 2023, 9061, Some(1), SIPAS_2023),
    ("Thái Nguyên", 2023, 9029, Some(2), SIPAS_2023),
    ("Hải Dương", 2023, 9023, Some(3), SIPAS_2023),
    ("Gia Lai", 2023, 8384, Some(19), SIPAS_2023),
];

const PAR_INDEX: [Known; 2] = [
    (MEAN, 2023, 8698, None, PAR_2023),
    ("Hà Nội", 2023, 9143, Some(3), PAR_2023),
];

/// Begins the guide as a draft and enters the indices.
///
/// # Faults
/// The database refuses.
pub async fn enter(office: &Office, staff: &Staff) -> Result<(), Error> {
    let house = &office.editorial.house;
    house.clock.set(base::calendar::at_local(ENTERED));
    let officer = staff.with(Role::Officer)?;
    let mut act = house.db.act().await?;
    for guide in GUIDES {
        let bringer = Bringer {
            agency: officer.agency,
            actor: Some(officer),
        };
        criteria::store(house, &mut act, bringer, (guide.read()?, None)).await?;
    }
    for (details, known) in [(sipas(), &SIPAS[..]), (par_index(), &PAR_INDEX[..])] {
        let index = acts::add(house, &mut act, officer, details).await?;
        let results: Vec<TypedResult> = known.iter().map(typed).collect();
        acts::keep(house, &mut act, officer, (&index, &results)).await?;
    }
    let on: Date = date(2025, 7, 1);
    let merger = ("Bình Định", "Gia Lai", (on, "Nghị quyết 202/2025/QH15"));
    acts::merge(house, &mut act, officer, merger).await?;
    act.commit().await?;
    Ok(())
}

fn typed((body, year, hundredths, place, source): &Known) -> TypedResult {
    let (published_on, n_bodies) = match year {
        2022 => (date(2023, 4, 19), 63),
        _ => (date(2024, 4, 17), 63),
    };
    TypedResult {
        year: *year,
        body: (*body).to_owned(),
        value: Decimal::new(*hundredths, 2),
        place: *place,
        n_bodies: place.map(|_| n_bodies),
        source: (*source).to_owned(),
        published_on: Some(published_on),
        ..TypedResult::default()
    }
}

fn sipas() -> IndexDetails {
    IndexDetails {
        code: "sipas".to_owned(),
        name: "Chỉ số hài lòng về sự phục vụ hành chính (SIPAS)".to_owned(),
        issuer: "Bộ Nội vụ".to_owned(),
        about: "Mức độ hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước. \
                Từ năm 2023 đo theo Quyết định 1001/QĐ-BNV ngày 11/12/2023. Kết quả của một năm \
                được công bố vào tháng 4 năm sau."
            .to_owned(),
        out_of: Decimal::ONE_HUNDRED,
        unit: Unit::Percent,
        is_official: true,
    }
}

fn par_index() -> IndexDetails {
    IndexDetails {
        code: "par-index".to_owned(),
        name: "Chỉ số cải cách hành chính cấp tỉnh (PAR INDEX)".to_owned(),
        issuer: "Bộ Nội vụ".to_owned(),
        about: "Kết quả cải cách hành chính của các tỉnh, thành phố, theo Quyết định 876/QĐ-BNV \
                ngày 10/11/2022; từ ngày 05/12/2024 thay bằng Quyết định 892/QĐ-BNV."
            .to_owned(),
        out_of: Decimal::ONE_HUNDRED,
        unit: Unit::Percent,
        is_official: true,
    }
}
