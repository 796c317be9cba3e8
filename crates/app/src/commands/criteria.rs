//! `loa criteria import`.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base::{Error, Fault};
use clap::Subcommand;
use documents::read::{self, Limits, ReadProblem};
use measure::criteria::bringing;
use measure::criteria::print::{remarks, to_text};
use measure::criteria::set_json::{self, SetFile};
use measure::criteria::{Bringer, store};
use web::{Dictionary, Lang, Say};

use super::first_agency;
use crate::Office;
use crate::cli::{Language, PrintFormat};
use crate::office::{Opening, Place};

/// `loa criteria …`
#[derive(Debug, Subcommand)]
pub enum CriteriaCommand {
    /// Reads a criteria set from an XLSX or JSON file and prints it; what does not fit goes to
    /// standard error.
    #[command(after_help = "Example: loa criteria import bo-tieu-chi.xlsx --format json")]
    Import {
        /// The file.
        file: PathBuf,
        /// How to print it.
        #[arg(long, value_enum, default_value_t = PrintFormat::Text)]
        format: PrintFormat,
        /// Also store it as a draft in this installation.
        #[arg(long, value_name = "DIR")]
        into: Option<PathBuf>,
        /// Language of findings and messages.
        #[arg(long, value_enum, default_value_t = Language::Vi)]
        lang: Language,
    },
}

/// Reads a criteria set and prints it; what does not fit goes to standard error.
pub async fn run(command: CriteriaCommand) -> Result<ExitCode, Error> {
    let CriteriaCommand::Import {
        file,
        format,
        into,
        lang,
    } = command;
    let words: &'static Dictionary = Box::leak(Box::new(Dictionary::new(&crate::words())?));
    let say = words.say(Lang::of(lang.code()));
    let (bytes, name) = match bytes(&file, lang) {
        Ok(read) => read,
        Err(sentence) => {
            eprintln!("loa: {}: {sentence}", file.display());
            return Ok(ExitCode::from(1));
        }
    };
    let found = bringing::read(&bytes, &name, &words.say(Lang::Vi))?;
    print(&found.file, format, &say)?;
    for remark in remarks(&found, &say) {
        eprintln!("{remark}");
    }
    if !found.problems.is_empty() {
        return Ok(ExitCode::from(1));
    }
    if let Some(dir) = into {
        keep(&dir, found.file).await?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(file: &SetFile, format: PrintFormat, say: &Say) -> Result<(), Fault> {
    match format {
        PrintFormat::Text => print!("{}", to_text(file, say)),
        PrintFormat::Json => print!("{}", set_json::write(file)?),
    }
    Ok(())
}

/// The bytes of a file and its name, or one sentence that says what is wrong.
fn bytes(file: &Path, lang: Language) -> Result<(Vec<u8>, String), String> {
    let limits = Limits::default();
    let mut opened =
        File::open(file).map_err(|error| ReadProblem::unreadable(&error).sentence(lang.code()))?;
    let bytes = read::capped(&mut opened, &limits).map_err(|p| p.sentence(lang.code()))?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Ok((bytes, name.unwrap_or_default()))
}

/// Stores the set as a draft; the last line is its address.
async fn keep(dir: &Path, file: SetFile) -> Result<(), Error> {
    let office = Office::open(&Place::in_folder(dir), Opening::for_command()?).await?;
    let agency = first_agency(&office).await?;
    let house = &office.editorial.house;
    let bringer = Bringer {
        agency,
        actor: None,
    };
    let mut act = house.db.act().await?;
    let set = store(house, &mut act, bringer, (file, None)).await?;
    act.commit().await?;
    crate::jobs::finish(&office).await?;
    office.editorial.db.close().await;
    eprintln!("/desk/criteria/{set}");
    Ok(())
}
