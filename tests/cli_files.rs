//! Files and pipes as the subcommands treat them: nothing that was there, or was waited for, is lost.

use std::{
    fs,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

fn command(arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_spinscape"));
    command.args(arguments.split_whitespace());
    command
}

fn run(arguments: &str) -> Output {
    command(arguments).output().expect("the program starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Refused: one line, exit code 2, and these words in it.
fn is_refused(arguments: &str, words: &str) {
    let output = run(arguments);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
    assert!(said.contains(words) && said.lines().count() == 1, "{arguments}: {said}");
    assert!(output.stdout.is_empty(), "{arguments}");
}

#[test]
#[cfg(unix)]
fn a_pipe_into_which_nobody_writes_is_waited_for_with_a_word() {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pictures");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there").success());
    let mut child =
        command(&format!("rbm train --data {} --out {}", pipe.display(), folder.path().join("m").display()))
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
    let mut line = String::new();
    let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
    stderr.read_line(&mut line).expect("a line");
    assert!(line.contains("waiting for") && line.contains("pictures"), "{line}");
    // It goes on as soon as somebody has written.
    fs::write(&pipe, "<html>no pictures</html>").expect("written");
    line.clear();
    stderr.read_line(&mut line).expect("a line");
    assert!(line.contains("web page"), "{line}");
    assert_eq!(child.wait().expect("it ends").code(), Some(1), "{line}");
}

#[test]
fn more_threads_than_memory_has_room_for_are_refused_and_never_more_than_there_are_points() {
    is_refused(
        "ising sweep --lattice cubic --size 128 --temperatures 1:6:0.1 --sweeps 2 --threads 1024",
        "MB of memory here, give 1 to",
    );
    is_refused("hopfield capacity --neurons 4096 --loads 0.1 --trials 1000 --threads 1024", "give 1 to");
    let output = run("ising sweep --lattice cubic --size 8 --temperatures 4 --sweeps 2 --threads 1024");
    assert!(output.status.success(), "{}", said(&output));
}

#[test]
fn an_older_table_stays_until_the_new_one_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    let out = path.display();
    for arguments in [
        format!("ising sweep --size 8 --temperatures 2.0 --sweeps 1 --out {out}"),
        format!("ising sweep --size 65 --temperatures 2.0 --out {out}"),
        format!("ising sweep --size 8 --temperatures 2.0 --threads 0 --out {out}"),
        format!("hopfield capacity --neurons 1 --loads 0.1 --out {out}"),
    ] {
        fs::write(&path, "older rows").expect("written");
        assert_eq!(run(&arguments).status.code(), Some(2), "{arguments}");
        assert_eq!(fs::read_to_string(&path).expect("there"), "older rows", "{arguments}");
    }
    // A folder that is not there is found out before the run.
    let nowhere = folder.path().join("no/such/table.csv");
    let output = run(&format!("hopfield capacity --neurons 50 --loads 0.1 --out {}", nowhere.display()));
    assert!(!output.status.success() && said(&output).contains("table.csv"));
}

#[test]
fn a_reader_that_has_heard_enough_ends_the_run_quietly_and_the_machine_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let machine = folder.path().join("machine.safetensors");
    let closed = |arguments: &str| {
        let mut child = command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        // The reader goes before the first line.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""), "{arguments}");
    };
    closed(&format!("rbm train --data builtin:bars:3 --hidden 4 --epochs 30 --batch 8 --out {}", machine.display()));
    assert!(machine.is_file());
    let machine = machine.display();
    let dreams = folder.path().join("dreams.png");
    closed(&format!("rbm dream {machine} --count 4 --steps 5 --out {}", dreams.display()));
    assert!(dreams.is_file());
    closed(&format!("rbm likelihood {machine} --data builtin:bars:3 --exact"));
    closed("ising run --size 16 --sweeps 10");
    closed("ising sweep --size 4 --temperatures 2.0 --sweeps 100");
    closed("hopfield recall --memories builtin:digits --probe 3");
}

/// Waits for a condition, not longer than a slow machine could need.
fn wait_until(what: &str, mut is_met: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_met() {
        assert!(began.elapsed() < Duration::from_secs(120), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn rows(path: &Path) -> usize {
    fs::read_to_string(path).map_or(0, |text| text.lines().count().saturating_sub(1))
}

/// A study that takes for ever after its first rows.
fn long_study(table: &Path) -> Child {
    let arguments = format!(
        "ising sweep --size 4,1024 --temperatures 2.0,2.5 --sweeps 3000000 --warmup 10 --threads 1 --resume {}",
        table.display()
    );
    command(&arguments).stderr(Stdio::piped()).spawn().expect("it starts")
}

#[cfg(unix)]
#[test]
fn a_table_in_use_is_refused_and_what_is_finished_is_written_when_told_to_stop() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("study.csv");
    // Nothing yet, as `touch` leaves it.
    fs::write(&table, "").expect("written");
    let first = long_study(&table);
    wait_until("the first row is written", || rows(&table) >= 1);
    is_refused(&format!("ising sweep --size 4 --temperatures 3.0 --sweeps 100 --resume {}", table.display()), "in use");
    let told = Command::new("kill").args(["-TERM", &first.id().to_string()]).status().expect("kill is there");
    assert!(told.success());
    let output = first.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert!(rows(&table) >= 1);
    // Nobody has it now.
    let after = run(&format!("ising sweep --size 4 --temperatures 3.0 --sweeps 100 --resume {}", table.display()));
    assert!(after.status.success(), "{}", said(&after));
    assert!(rows(&table) >= 2);
}

/// Tells a program to stop and waits for its end.
#[cfg(unix)]
fn stopped(program: Child) -> Output {
    let told = Command::new("kill").args(["-TERM", &program.id().to_string()]).status().expect("kill is there");
    assert!(told.success());
    let output = program.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    output
}

#[cfg(unix)]
#[test]
fn told_to_stop_a_run_and_a_dream_write_what_they_have_done() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let start = |arguments: String| {
        let mut command = command(&arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let magnet = start(format!("ising run --size 64 --sweeps 10000000000 --picture {}", at("magnet.png").display()));
    std::thread::sleep(Duration::from_secs(2));
    let output = stopped(magnet);
    let line: serde_json::Value = serde_json::from_slice(&output.stdout).expect("a line of JSON");
    assert!(line["sweeps"].as_u64().is_some_and(|sweeps| (1..10_000_000_000).contains(&sweeps)), "{line}");
    assert!(said(&output).contains("kept") && image::open(at("magnet.png")).is_ok());
    let machine = at("machine");
    let taught = run(&format!("rbm train --data builtin:bars:4 --hidden 8 --epochs 1 --out {}", machine.display()));
    assert!(taught.status.success(), "{}", said(&taught));
    let (machine, sheet) = (machine.display().to_string(), at("dreams.png"));
    let dream = start(format!("rbm dream {machine} --count 4 --steps 1000000000 --out {}", sheet.display()));
    std::thread::sleep(Duration::from_secs(2));
    let output = stopped(dream);
    assert!(said(&output).contains("kept") && image::open(&sheet).is_ok(), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn the_first_request_to_stop_ends_waiting_for_a_pipe() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there").success());
    let mut command = command(&format!("rbm train --data {} --epochs 1", pipe.display()));
    let waiting = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    std::thread::sleep(Duration::from_secs(2));
    let output = stopped(waiting);
    assert!(said(&output).contains("waiting for"), "{}", said(&output));
}

#[test]
fn what_cannot_be_written_is_found_out_before_the_work() {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = folder.path().join("no/such/file.png");
    for (arguments, work) in [
        ("hopfield recall --memories /no/such/folder --probe 3", "/no/such/folder"),
        ("data digits --count 10000", "digits"),
    ] {
        let output = run(&format!("{arguments} --out {}", nowhere.display()));
        assert!(!output.status.success());
        assert!(said(&output).contains("cannot write") && !said(&output).contains(work), "{}", said(&output));
    }
}

#[test]
fn a_part_of_a_long_study_is_counted_after_it_is_taken() {
    // Two hundred million points are too many for one run of the program, a thousandth of a thousandth is not.
    is_refused("ising sweep --size 4 --temperatures 1:3:1e-8", "too many");
    let part = run("ising sweep --size 4 --temperatures 1:3:1e-8 --sweeps 4 --warmup 0 --shard 7/100000000");
    assert!(part.status.success(), "{}", said(&part));
    let table = String::from_utf8_lossy(&part.stdout).into_owned();
    let temperatures: Vec<&str> = table.lines().skip(1).filter_map(|row| row.split(',').nth(3)).collect();
    assert_eq!(temperatures, ["1.00000007", "2.00000007"], "{table}");
}

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_done() {
    is_refused("ising sweep --temperatures 1:1e30:1e-9", "at most");
    is_refused("hopfield capacity --loads 0:1:1e-7", "--loads");
    is_refused("ising sweep --temperatures 2,269", "2.269");
    is_refused("ising run --size 16 --temperature 226", "2.269");
    is_refused("ising run --size 16 --sweeps 0", "--sweeps");
    is_refused("ising run --size 16 --sweeps 18446744073709551615", "--sweeps");
    is_refused("ising sweep --temperatures 1e-320", "give 0");
    is_refused("ising sweep --temperatures 2 --field 1e300", "--field");
    is_refused("ising sweep --size 4 --temperatures 2 --tempering --dynamics wolff", "--tempering");
    let sizes: Vec<String> = (0..200).map(|_| "4".to_owned()).collect();
    is_refused(&format!("ising sweep --size {} --temperatures 1:2:0.0001", sizes.join(",")), "too many");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("m");
    let (a, b) = (path.display(), folder.path().join("./m"));
    is_refused(&format!("rbm train --data builtin:bars:3 --out {a} --weights {}", b.display()), "two names");
}

#[test]
fn what_is_written_is_read_again_also_at_no_and_at_all_temperatures() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("study.csv");
    let study = format!(
        "ising sweep --size 4 --temperatures 0,1e-6,2.0,inf --field 1e6 --sweeps 50 --warmup 5 --resume {}",
        table.display()
    );
    let first = run(&study);
    assert!(first.status.success(), "{}", said(&first));
    let text = fs::read_to_string(&table).expect("written");
    assert!(!text.contains("NaN") && !text.contains("null"), "{text}");
    let second = run(&study);
    assert!(second.status.success(), "{}", said(&second));
    assert_eq!(fs::read_to_string(&table).expect("there"), text);
}

#[test]
fn the_help_of_each_command_says_what_its_columns_are() {
    for (command, words) in [
        ("ising sweep", ["errors_are_honest", "are empty"]),
        ("ising run", ["flips_per_ns", "threads"]),
        ("hopfield capacity", ["final_overlap", "recalled_fraction"]),
        ("hopfield recall", ["probe_overlap", "verdict"]),
        ("rbm train", ["reconstruction_error", "pseudo_log_likelihood"]),
        ("rbm likelihood", ["log_z_reverse", "total_log_likelihood"]),
        ("rbm dream", ["mean_free_energy", "label"]),
        ("data digits", [".idx.gz", "-labels"]),
        ("landscape tree", ["merges_into", "multiplicity"]),
        ("landscape walk", ["exact_rate", "kramers"]),
        ("landscape diffuse", ["nearest", "nothing new"]),
    ] {
        let help = String::from_utf8_lossy(&run(&format!("{command} --help")).stdout).into_owned();
        for word in words {
            assert!(help.contains(word), "{command}: {word} is not in its help");
        }
        // The list of commands has one line of each.
        let (room, name) = command.split_once(' ').expect("two words");
        let list = String::from_utf8_lossy(&run(&format!("{room} --help")).stdout).into_owned();
        let line = list.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default();
        assert!(line.len() > name.len() + 10 && line.len() < 140, "{command}: {line}");
    }
}
