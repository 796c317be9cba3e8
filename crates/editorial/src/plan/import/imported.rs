//! The plan as read: the shapes of the JSON that programs outside rely on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize, Serializer};

/// First character and one past the last, in the NFC text of the source.
pub type Span = (usize, usize);

/// A plan as read from a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedPlan {
    /// Title, beginning with "Kế hoạch".
    pub title: String,
    /// The year it is for.
    pub year: Option<i16>,
    /// "communication_plan", or "plan" when it plans something else.
    pub kind: String,
    /// Its number, if the document gives it.
    pub number: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Where the text was published.
    pub source: ImportedSource,
    /// The documents it stands on.
    pub legal_bases: Vec<ImportedBasis>,
    /// What it is for.
    pub purposes: Vec<String>,
    /// Whom it speaks to.
    pub audiences: Vec<String>,
    /// Tasks, nested.
    pub tasks: Vec<ImportedTask>,
    /// All activities, in the order of the document.
    pub activities: Vec<ImportedActivity>,
    /// Channels named in it.
    pub channels: Vec<ImportedChannel>,
    /// What it fails to say, and what looks wrong.
    pub findings: Vec<Finding>,
}

/// The article that made the plan known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportedSource {
    /// Author as credited.
    pub author: Option<String>,
    /// Time of publication, RFC 3339 with offset.
    pub published_at: Option<String>,
    /// Views shown on the page.
    pub views: Option<u64>,
}

/// A legal basis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportedBasis {
    /// Number and symbol; laws and party resolutions may be cited without.
    pub number: Option<String>,
    /// Abbreviation of its kind ("QĐ", "NQ", "KH", "Luật").
    pub kind: Option<String>,
    /// Day of issue.
    pub issued_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// Where it is cited.
    pub span: Span,
}

/// A task with its own tasks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportedTask {
    /// Place in the tree: "1", "1.2".
    pub no: String,
    /// What is to be done.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// Tasks under it.
    pub tasks: Vec<ImportedTask>,
    /// The plan's activities of this very task, once more beside it.
    pub activities: Vec<ImportedActivity>,
}

/// An activity.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportedActivity {
    /// The task it belongs to.
    pub task_no: Option<String>,
    /// What is done.
    pub title: String,
    /// In which form.
    pub form: Option<String>,
    /// What comes out, in words.
    pub output: Option<String>,
    /// What comes out, counted: the first or only target.
    pub target: Option<Target>,
    /// All targets, in the order of the words.
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Whether the words ask it of every unit (*mỗi phòng*).
    #[serde(default)]
    pub per_unit: bool,
    /// Who leads.
    pub lead_unit: Option<String>,
    /// Who supports.
    pub supporting_units: Vec<String>,
    /// When.
    pub window: Option<Window>,
    /// Where it stands.
    pub span: Span,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// How many; whole numbers are written without a point.
    #[serde(serialize_with = "plain_number")]
    pub number: f64,
    /// Of what: "tin, bài", "% công chức".
    pub unit: String,
}

fn plain_number<S: Serializer>(number: &f64, s: S) -> Result<S::Ok, S::Error> {
    // Targets are far below 2^53; the reader of numbers holds them to a milliard.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        s.serialize_i64(*number as i64)
    } else {
        s.serialize_f64(*number)
    }
}

/// When something is done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// As written.
    pub text: String,
    /// First day, if told.
    pub from: Option<Date>,
    /// Last day, if told.
    pub to: Option<Date>,
    /// How often, if it recurs.
    pub recurs: Option<Recurrence>,
}

/// How often, the most often first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// Thường xuyên.
    Continuous,
    /// Hằng ngày.
    Daily,
    /// Hằng tuần.
    Weekly,
    /// Hằng tháng.
    Monthly,
    /// Hằng quý.
    Quarterly,
    /// 6 tháng một lần.
    HalfYearly,
    /// Hằng năm.
    Yearly,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedChannel {
    /// What kind of channel.
    pub kind: ChannelKind,
    /// As the plan names it.
    pub name: String,
}

/// Kinds of channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Cuộc họp, giao ban, sinh hoạt.
    Meeting,
    /// Hội nghị.
    Conference,
    /// Hội thảo.
    Workshop,
    /// Tọa đàm, đối thoại, nói chuyện chuyên đề.
    Talk,
    /// Tập huấn, bồi dưỡng.
    Training,
    /// Bản tin.
    Bulletin,
    /// Báo, tạp chí.
    Newspaper,
    /// Phát thanh, truyền hình.
    Broadcast,
    /// Truyền thanh cơ sở, loa.
    Loudspeaker,
    /// Trang, cổng thông tin điện tử.
    Website,
    /// Mạng xã hội.
    Social,
    /// Tờ rơi, tờ gấp, sổ tay.
    Leaflet,
    /// Pano, áp phích, băng rôn, màn hình.
    Panel,
    /// Cuộc thi.
    Contest,
    /// Thư điện tử.
    Email,
    /// Phổ biến, giáo dục pháp luật.
    LegalEducation,
    /// Trợ giúp pháp lý.
    LegalAid,
    /// Khác.
    Other,
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The plan fails to say it; a person has to.
    Ask,
    /// Something contradicts itself or is likely wrong.
    Warn,
    /// Worth knowing.
    Note,
}

/// Something the plan fails to say, or that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code, for instance `plan.no_deadline`.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// In words, in Vietnamese.
    pub message: String,
    /// Where.
    pub span: Span,
}
