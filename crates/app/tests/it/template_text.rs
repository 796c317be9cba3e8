//! A template as the checks want it: its markup without the language of templates, and the
//! expressions apart.

/// A template.
pub struct TemplateText {
    /// Its path from the root of the project.
    pub path: String,
    /// As it is written.
    pub source: String,
    /// The markup, with expressions, statements and comments blanked in place.
    pub markup: String,
    /// What stands in `{{ }}` and `{% %}`, with where it begins.
    pub expressions: Vec<(usize, String)>,
}

impl TemplateText {
    /// Reads a template.
    pub fn read(path: &str, source: &str) -> Self {
        let mut markup = String::with_capacity(source.len());
        let mut expressions = Vec::new();
        let mut rest = source;
        while let Some(start) = rest
            .find("{{")
            .into_iter()
            .chain(rest.find("{%"))
            .chain(rest.find("{#"))
            .min()
        {
            let close = match &rest[start..start + 2] {
                "{{" => "}}",
                "{%" => "%}",
                _ => "#}",
            };
            let end = rest[start..]
                .find(close)
                .map_or(rest.len(), |n| start + n + 2);
            if close != "#}" {
                let at = source.len() - rest.len() + start;
                expressions.push((at, rest[start..end].to_owned()));
            }
            markup.push_str(&rest[..start]);
            markup.extend(
                rest[start..end]
                    .bytes()
                    .map(|b| if b == b'\n' { '\n' } else { ' ' }),
            );
            rest = &rest[end..];
        }
        markup.push_str(rest);
        Self {
            path: path.to_owned(),
            source: source.to_owned(),
            markup,
            expressions,
        }
    }

    /// `path:line` of a place.
    pub fn place(&self, at: usize) -> String {
        let line = self.source.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        format!("{}:{line}", self.path)
    }

    /// The tags of the markup: where each begins, and what stands between `<` and `>`.
    pub fn tags(&self) -> Vec<(usize, &str)> {
        let mut tags = Vec::new();
        let mut at = 0;
        while let Some(start) = self.markup[at..].find('<').map(|n| at + n) {
            let end = self.markup[start..]
                .find('>')
                .map_or(self.markup.len(), |n| start + n);
            tags.push((start, &self.markup[start + 1..end]));
            at = end;
        }
        tags
    }

    /// The texts between tags: where each begins, and what it says. Scripts are none.
    pub fn texts(&self) -> Vec<(usize, &str)> {
        let mut texts = Vec::new();
        let mut is_script = false;
        let mut at = 0;
        for (start, tag) in self.tags() {
            if !is_script {
                texts.push((at, &self.markup[at..start]));
            }
            is_script = tag.starts_with("script") && !tag.ends_with('/');
            at = (start + tag.len() + 2).min(self.markup.len());
        }
        texts.push((at, &self.markup[at..]));
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_expressions_are_told_apart() {
        let text = TemplateText::read(
            "a.html",
            "<p title=\"{{ t(\"a\") }}\">\n{# no #}{% if a > b %}đ{% endif %}</p><script>x < y</script>",
        );
        let said: Vec<&str> = text.texts().iter().map(|(_, text)| text.trim()).collect();
        assert_eq!(said, ["", "đ", "", ""]);
        assert_eq!(text.expressions.len(), 3);
        assert_eq!(text.place(text.expressions[1].0), "a.html:2");
    }
}
