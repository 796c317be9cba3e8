//! Why a text is not taken for a plan: one code, one place, one way out, in both languages.

use std::fmt;

use super::imported::Span;

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportCode {
    /// No words in it.
    Empty,
    /// Nothing that a plan has.
    NotAPlan,
    /// A document of another kind.
    OtherDocument,
    /// A decision that issues a plan, without the plan.
    DecisionWithoutPlan,
    /// A plan by its title, without anything to do.
    NoTasks,
}

impl ImportCode {
    /// A stable word for programs, and the key of the message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Empty => "import-empty",
            Self::NotAPlan => "import-not-a-plan",
            Self::OtherDocument => "import-other-document",
            Self::DecisionWithoutPlan => "import-decision-without-plan",
            Self::NoTasks => "import-no-tasks",
        }
    }

    /// What is wrong and the way out: English, Vietnamese.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => (
                "There are no words in the document. A scanned plan has to be recognised (OCR) or typed first.",
                "Tài liệu không có chữ nào. Bản quét cần được nhận dạng (OCR) hoặc gõ lại trước khi nhập.",
            ),
            Self::NotAPlan => (
                "No plan was found: no title “Kế hoạch …” in the text. Choose the file that holds the plan itself.",
                "Không tìm thấy kế hoạch: văn bản không có tên “Kế hoạch …”. Hãy chọn tệp chứa chính kế hoạch.",
            ),
            Self::OtherDocument => (
                "This is another document ({kind}), not a plan. Choose the file that holds the plan itself.",
                "Đây là văn bản khác ({kind}), không phải kế hoạch. Hãy chọn tệp chứa chính kế hoạch.",
            ),
            Self::DecisionWithoutPlan => (
                "This is the decision that issues a plan, without the plan. Add the plan issued with it, or choose its file.",
                "Đây là quyết định ban hành kế hoạch nhưng không kèm kế hoạch. Hãy bổ sung kế hoạch ban hành kèm theo hoặc chọn tệp kế hoạch.",
            ),
            Self::NoTasks => (
                "The title says it is a plan, but no task was found below it. Check that the file is complete and its tasks stand in a list or a table.",
                "Tên văn bản là kế hoạch nhưng không tìm thấy nhiệm vụ nào. Hãy kiểm tra tệp có đầy đủ và các nhiệm vụ được trình bày thành danh sách hoặc bảng.",
            ),
        }
    }
}

/// Why no plan was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// What is wrong.
    pub code: ImportCode,
    /// Where: characters of the source and the line, from 1, if a place can be named.
    pub place: Option<(Span, usize)>,
    /// Values for the message, by name.
    pub values: Vec<(&'static str, String)>,
}

impl ImportProblem {
    /// A problem of the whole text.
    pub fn of(code: ImportCode) -> Self {
        Self {
            code,
            place: None,
            values: Vec::new(),
        }
    }

    /// The same problem at a place.
    #[must_use]
    pub fn at(mut self, span: Span, line: usize) -> Self {
        self.place = Some((span, line));
        self
    }

    /// The same problem with one more value for its message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// Key of the message, the same word for programs.
    pub fn key(&self) -> &'static str {
        self.code.key()
    }

    /// One sentence for people: the place, what is wrong, the way out. `vi` is Vietnamese,
    /// everything else English.
    pub fn sentence(&self, lang: &str) -> String {
        let vietnamese = lang.starts_with("vi");
        let (english, vi) = self.code.words();
        let mut words = if vietnamese { vi } else { english }.to_owned();
        for (name, value) in &self.values {
            words = words.replace(&format!("{{{name}}}"), value);
        }
        match (self.place, vietnamese) {
            (None, _) => words,
            (Some((span, line)), false) => format!("At line {line}, character {}: {words}", span.0),
            (Some((span, line)), true) => format!("Tại dòng {line}, ký tự {}: {words}", span.0),
        }
    }
}

impl fmt::Display for ImportProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence("en"))
    }
}

impl std::error::Error for ImportProblem {}
