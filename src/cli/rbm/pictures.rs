//! Where the subcommands of the machine take pictures and machines from.

use std::path::Path;

use crate::{
    cli::{
        CliError,
        output::{failed, say},
    },
    data::{
        Problem,
        machines::{self, MachineNotes},
        samples::Source,
    },
    physics::rbm::{Binarise, Machine, Samples},
    platform::stopping,
};

const DATA: &str = "builtin:digits[:COUNT], builtin:bars:SIDE, builtin:ising:SIDE:T[:COUNT], or a file: IDX, IDX.gz, npy, \
                    or a folder of pictures";

/// Reads where pictures come from.
pub fn source(text: &str) -> Result<Source, String> {
    if !text.starts_with(Source::BUILT_IN) {
        return Ok(Source::File { path: text.into(), labels: None, turned: false });
    }
    Source::built_in(text).ok_or_else(|| format!("'{text}' is not a collection of pictures: give {DATA}"))
}

/// Opens a machine; says where its weights lay the other way round.
pub fn opened(path: &Path) -> Result<(Machine, MachineNotes), CliError> {
    let (machine, notes) = machines::open(path).map_err(failed)?;
    if notes.is_turned {
        say(&Problem::new("rbm.notice.turned").to_string());
    }
    Ok((machine, notes))
}

pub fn binarise(text: &str) -> Result<Binarise, String> {
    match text {
        "sample" => Ok(Binarise::Sample),
        "threshold" => Ok(Binarise::Threshold),
        _ => Err(format!("'{text}' does not make black and white: give sample or threshold")),
    }
}

pub fn load(source: &Source, labels: Option<&Path>, turned: bool, seed: u64) -> Result<Samples, CliError> {
    let source = match (source, labels) {
        (Source::File { path, .. }, labels) => {
            Source::File { path: path.clone(), labels: labels.map(Path::to_path_buf), turned }
        }
        (_, Some(_)) => return Err(CliError::Arguments("--labels belongs to a file of pictures".to_owned())),
        (_, None) if turned => return Err(CliError::Arguments("--turn belongs to a file of pictures".to_owned())),
        (source, None) => source.clone(),
    };
    let mut notes = Vec::new();
    let loaded = source.load_noting(seed, &|_| !stopping::is_asked(), &mut notes).map_err(|error| match source {
        Source::File { .. } => CliError::Failed(error.to_string()),
        _ => CliError::Arguments(error.to_string()),
    })?;
    notes.iter().for_each(|note| say(&note.to_string()));
    loaded.ok_or(CliError::Stopped)
}
