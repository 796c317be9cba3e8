//! What the demonstration is filled with, read from the files that are inside the binary.

use base::Fault;
use jiff::civil::{Date, DateTime};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// A category.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoCategory {
    /// Its slug.
    pub slug: String,
    /// Its Vietnamese name.
    pub vi: String,
    /// Its English name.
    pub en: String,
}

/// An activity under a task of the plan.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoActivity {
    /// Number of the task.
    pub task: String,
    /// What is done.
    pub title: String,
    /// A channel kind.
    pub form: String,
    /// How many.
    pub target: i64,
    /// Of what.
    pub target_unit: String,
    /// What it weighs, in points.
    pub weight: Option<i64>,
    /// Who leads.
    pub lead_unit: String,
    /// Who supports.
    #[serde(default)]
    pub supporting_units: Vec<String>,
    /// Job title of who answers for it.
    pub head: String,
    /// First day.
    pub from: toml::value::Datetime,
    /// Last day.
    pub to: toml::value::Datetime,
    /// How often; once without it.
    pub recurs: Option<String>,
    /// A figure that the officer entered by hand.
    pub handed_out: Option<DemoFigure>,
    /// The day it was done, by something other than an article.
    pub done_on: Option<toml::value::Datetime>,
}

/// A figure entered by hand.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoFigure {
    /// How many.
    pub number: i64,
    /// The day.
    pub on: toml::value::Datetime,
    /// What it is.
    pub title: String,
}

/// Something published elsewhere.
#[derive(Clone, Debug, Deserialize)]
pub struct DemoExternal {
    /// Its title.
    pub title: String,
    /// A channel kind, or `province_website`.
    pub channel: String,
    /// The channel's name.
    pub r#where: String,
    /// Its address.
    pub url: String,
    /// The day.
    pub published_on: toml::value::Datetime,
    /// Number of the task it serves.
    pub task: String,
    /// The unit.
    pub unit: String,
    /// What was kept.
    pub note: String,
}

#[derive(Deserialize)]
struct Categories {
    category: Vec<DemoCategory>,
}

#[derive(Deserialize)]
struct Activities {
    activity: Vec<DemoActivity>,
}

#[derive(Deserialize)]
struct Externals {
    item: Vec<DemoExternal>,
}

/// An article with what happened to it.
#[derive(Clone, Debug)]
pub struct DemoArticle {
    values: Vec<(String, String)>,
    /// The body, in the small markup of `prose`.
    pub body: String,
}

impl DemoArticle {
    /// A value of its head; empty if it has none.
    pub fn value(&self, key: &str) -> &str {
        self.values
            .iter()
            .find(|(found, _)| found == key)
            .map_or("", |(_, value)| value)
    }

    /// When it was released, or last changed.
    ///
    /// # Faults
    /// The head holds no such time.
    pub fn at(&self) -> Result<DateTime, Fault> {
        let published = self.value("published");
        let text = if published.is_empty() {
            self.value("saved")
        } else {
            published
        };
        text.replace(' ', "T")
            .parse()
            .map_err(|error| Fault::from_source(format!("{}: no time", self.value("title")), error))
    }
}

/// Everything.
pub struct Content {
    /// The plan's text.
    pub plan: String,
    /// The categories.
    pub categories: Vec<DemoCategory>,
    /// The activities.
    pub activities: Vec<DemoActivity>,
    /// What was published elsewhere.
    pub externals: Vec<DemoExternal>,
    /// The articles, in the order of their time.
    pub articles: Vec<DemoArticle>,
}

impl Content {
    /// Reads the files.
    ///
    /// # Faults
    /// A file is not as it must be; the tests would show it.
    pub fn read() -> Result<Self, Fault> {
        let mut articles = Vec::new();
        for name in
            Files::iter().filter(|name| name.ends_with(".md") && name.starts_with("articles/"))
        {
            articles.push(article(&text(&name)?)?);
        }
        let mut timed = Vec::new();
        for article in articles {
            timed.push((article.at()?, article));
        }
        timed.sort_by_key(|(at, _)| *at);
        Ok(Self {
            plan: text("plan.txt")?,
            categories: parse::<Categories>("categories.toml")?.category,
            activities: parse::<Activities>("activities.toml")?.activity,
            externals: parse::<Externals>("external.toml")?.item,
            articles: timed.into_iter().map(|(_, article)| article).collect(),
        })
    }
}

/// The bytes of a picture.
///
/// # Faults
/// There is no such picture.
pub fn picture(name: &str) -> Result<Vec<u8>, Fault> {
    let path = format!("images/{name}");
    let file = Files::get(&path).ok_or_else(|| Fault::new(format!("no demo file {path}")))?;
    Ok(file.data.into_owned())
}

/// A day of a TOML file.
///
/// # Faults
/// It is no day.
pub fn day(value: &toml::value::Datetime) -> Result<Date, Fault> {
    value
        .to_string()
        .parse()
        .map_err(|error| Fault::from_source("a demo day", error))
}

fn text(name: &str) -> Result<String, Fault> {
    let file = Files::get(name).ok_or_else(|| Fault::new(format!("no demo file {name}")))?;
    String::from_utf8(file.data.into_owned())
        .map_err(|error| Fault::from_source(format!("demo file {name}"), error))
}

fn parse<T: for<'de> Deserialize<'de>>(name: &str) -> Result<T, Fault> {
    toml::from_str(&text(name)?)
        .map_err(|error| Fault::from_source(format!("demo file {name}"), error))
}

fn article(text: &str) -> Result<DemoArticle, Fault> {
    let broken = || Fault::new("a demo article has no head");
    let rest = text.strip_prefix("---\n").ok_or_else(broken)?;
    let (head, body) = rest.split_once("\n---\n").ok_or_else(broken)?;
    let values = head
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect();
    Ok(DemoArticle {
        values,
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_names_a_category_a_task_and_a_picture_that_exist() {
        let content = Content::read().unwrap();
        assert!(content.articles.len() >= 30);
        for article in &content.articles {
            let slug = article.value("category");
            assert!(content.categories.iter().any(|c| c.slug == slug), "{slug}");
            assert!(!article.value("title").is_empty() && !article.value("lead").is_empty());
            let image = article.value("image");
            if !image.is_empty() {
                picture(image).unwrap();
                assert!(!article.value("alt").is_empty(), "{image} has no words");
            }
            let task = article.value("task");
            assert!(
                ["1", "1.1", "1.2", "2", "3", "4", "5"].contains(&task),
                "task {task}"
            );
        }
        for activity in &content.activities {
            day(&activity.from).unwrap();
            day(&activity.to).unwrap();
        }
    }
}
