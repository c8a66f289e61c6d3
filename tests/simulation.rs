//! The promises of the simulation thread, with a fake simulation and, where time matters, a clock of its own.

use std::{
    sync::{Arc, Condvar, Mutex, mpsc},
    time::{Duration, Instant},
};

use spinscape::simulation::{Budget, Clock, Driver, ManualClock, Message, Next, Progress, Runner, Simulation, Speed};

#[derive(Clone, Debug, PartialEq)]
enum Command {
    Set(u32),
    Mark(u32),
    Panic,
}

/// Writes down what happens to it. A step is one unit of work and takes `step_time` of the mock clock.
#[derive(Default)]
struct Fake {
    log: Vec<Command>,
    steps: u64,
    clock: Option<(Arc<ManualClock>, Duration)>,
    /// Work waits until this can be locked.
    gate: Option<Arc<Mutex<()>>>,
}

#[derive(Clone, Debug, Default)]
struct Frame {
    log: Vec<Command>,
    steps: u64,
}

impl Simulation for Fake {
    type Command = Command;
    type Frame = Frame;

    fn apply(&mut self, command: Command) {
        assert!(command != Command::Panic, "asked to");
        self.log.push(command);
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        if let Some(gate) = &self.gate {
            drop(gate.lock().expect("not poisoned"));
        }
        let steps = budget.steps.min(budget.work);
        if let Some((clock, step_time)) = &self.clock {
            clock.pass(*step_time * u32::try_from(steps).unwrap_or(u32::MAX));
        }
        self.steps += steps;
        Progress { work: steps, steps }
    }

    fn observe(&mut self, frame: &mut Frame) {
        frame.log.clone_from(&self.log);
        frame.steps = self.steps;
    }

    fn supersedes(newer: &Command, older: &Command) -> bool {
        matches!((newer, older), (Command::Set(_), Command::Set(_)))
    }
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what} never came");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn commands_keep_their_order_and_only_superseded_ones_are_dropped() {
    let clock = Arc::new(ManualClock::default());
    let (mut runner, mut frames) = Runner::new(Fake::default(), clock);
    let commands = [
        Command::Set(1),
        Command::Set(2),
        Command::Mark(1),
        Command::Set(3),
        Command::Mark(2),
        Command::Mark(3),
        Command::Set(4),
        Command::Set(5),
    ];
    runner.receive(commands.map(Message::Command));
    runner.turn();
    assert!(frames.update());
    let expected =
        [Command::Set(2), Command::Mark(1), Command::Set(3), Command::Mark(2), Command::Mark(3), Command::Set(5)];
    assert_eq!(frames.output_buffer().frame.log, expected);
}

#[test]
fn a_thousand_commands_to_a_busy_thread_never_block_and_the_newest_value_wins() {
    let gate = Arc::new(Mutex::new(()));
    let closed = gate.lock().expect("not poisoned");
    let busy = Fake { gate: Some(Arc::clone(&gate)), ..Fake::default() };
    let mut driver = Driver::spawn("busy", busy, None, Arc::new(|| {})).expect("a thread");
    driver.send(Message::Run(true));
    // The thread stands at the gate: a send that waited for it would wait for ever.
    for value in 0..1000 {
        driver.command(Command::Set(value));
    }
    drop(closed);
    wait_for("the last value", || {
        driver.poll();
        driver.frame().log.last() == Some(&Command::Set(999))
    });
    assert!(driver.frame().log.len() < 500, "{} values reached the model", driver.frame().log.len());
}

#[test]
fn the_window_sees_the_latest_frame_however_many_were_made() {
    let clock = Arc::new(ManualClock::default());
    let (mut runner, mut frames) = Runner::new(Fake::default(), Arc::clone(&clock) as Arc<dyn Clock>);
    for _ in 0..5 {
        runner.receive([Message::Step(1)]);
        clock.pass(Duration::from_millis(20));
        runner.turn();
    }
    assert!(frames.update());
    assert_eq!(frames.output_buffer().frame.steps, 5);
    assert_eq!(frames.output_buffer().sequence, 5);
    assert!(!frames.update(), "no frame comes twice");
}

#[test]
fn paused_there_is_nothing_to_do() {
    let clock = Arc::new(ManualClock::default());
    let (mut runner, mut frames) = Runner::new(Fake::default(), Arc::clone(&clock) as Arc<dyn Clock>);
    runner.receive([Message::Step(3)]);
    while runner.turn().0 == Next::Again {}
    for _ in 0..100 {
        clock.pass(Duration::from_millis(100));
        assert_eq!(runner.turn(), (Next::Idle, false), "paused means waiting without end, and no frame");
    }
    frames.update();
    assert_eq!(frames.output_buffer().frame.steps, 3);
}

/// Runs for a while of mocked time and returns the steps done.
fn steps_in(seconds: f64, rate: f64, step_time: Duration) -> f64 {
    let clock = Arc::new(ManualClock::default());
    let fake = Fake { clock: Some((Arc::clone(&clock), step_time)), ..Fake::default() };
    let (mut runner, mut frames) = Runner::new(fake, Arc::clone(&clock) as Arc<dyn Clock>);
    runner.receive([Message::Speed(Speed::Limited(rate)), Message::Run(true)]);
    let end = Duration::from_secs_f64(seconds);
    while clock.now() < end {
        match runner.turn().0 {
            Next::Again => {}
            Next::At(at) => clock.set(at.max(clock.now()).min(end)),
            Next::Idle => panic!("a running simulation is never idle"),
        }
    }
    clock.pass(Duration::from_millis(20));
    runner.receive([Message::Run(false)]);
    runner.turn();
    frames.update();
    frames.output_buffer().frame.steps as f64
}

#[test]
fn speed_is_limited_within_five_percent() {
    for (rate, seconds) in [(1.0, 60.0), (10.0, 20.0), (1000.0, 5.0)] {
        let steps = steps_in(seconds, rate, Duration::from_micros(3));
        assert!((steps / (rate * seconds) - 1.0).abs() < 0.05, "{rate} a second: {steps} steps in {seconds} s");
    }
}

#[test]
fn a_machine_that_cannot_keep_up_does_all_it_can_and_no_more() {
    // A step takes 5 ms: 200 a second is all there is of the 1000 that are wanted.
    let steps = steps_in(5.0, 1000.0, Duration::from_millis(5));
    assert!((steps / 1000.0 - 1.0).abs() < 0.05, "{steps}");
}

#[test]
fn after_a_long_sleep_it_does_not_run_after_the_lost_time() {
    let clock = Arc::new(ManualClock::default());
    let fake = Fake { clock: Some((Arc::clone(&clock), Duration::from_micros(1))), ..Fake::default() };
    let (mut runner, mut frames) = Runner::new(fake, Arc::clone(&clock) as Arc<dyn Clock>);
    runner.receive([Message::Speed(Speed::Limited(100.0)), Message::Run(true)]);
    clock.pass(Duration::from_secs(3600));
    while runner.turn().0 == Next::Again {}
    frames.update();
    assert!(frames.output_buffer().frame.steps <= 11, "{}", frames.output_buffer().frame.steps);
}

#[test]
fn unlimited_speed_works_in_slices_of_about_two_milliseconds() {
    let clock = Arc::new(ManualClock::default());
    let fake = Fake { clock: Some((Arc::clone(&clock), Duration::from_micros(10))), ..Fake::default() };
    let (mut runner, _frames) = Runner::new(fake, Arc::clone(&clock) as Arc<dyn Clock>);
    runner.receive([Message::Run(true)]);
    for _ in 0..50 {
        runner.turn();
    }
    let before = clock.now();
    runner.turn();
    let slice = clock.now() - before;
    assert!((1.0..4.0).contains(&(slice.as_secs_f64() * 1e3)), "{slice:?}");
}

#[test]
fn a_panic_in_the_model_is_caught_and_told_to_the_window() {
    let (sender, woken) = mpsc::sync_channel(100);
    let wake = Arc::new(move || {
        // A full channel only means that the window was woken often enough.
        let _ = sender.try_send(());
    });
    let mut driver = Driver::spawn("panicking", Fake::default(), None, wake).expect("a thread");
    driver.command(Command::Mark(1));
    // The very first frame may have been made before anything was heard.
    while !driver.is_caught_up() {
        woken.recv_timeout(Duration::from_secs(20)).expect("a frame");
        driver.poll();
    }
    driver.command(Command::Panic);
    wait_for("the failure", || driver.failure().is_some());
    assert_eq!(driver.failure(), Some("asked to"));
    // The last frame is still there, and sending goes nowhere without harm.
    driver.poll();
    assert_eq!(driver.frame().log, [Command::Mark(1)]);
    driver.command(Command::Mark(2));
    assert!(!driver.is_waiting());
}

#[test]
fn dropping_a_driver_ends_its_thread_even_while_it_is_busy() {
    struct Gate(Arc<(Mutex<bool>, Condvar)>);
    impl Simulation for Gate {
        type Command = ();
        type Frame = u64;
        fn apply(&mut self, (): ()) {}
        fn advance(&mut self, budget: Budget) -> Progress {
            let (started, signal) = &*self.0;
            *started.lock().expect("not poisoned") = true;
            signal.notify_all();
            // An update far longer than a slice, cut where the budget ends, as the models do it.
            std::thread::sleep(Duration::from_millis(2));
            Progress { work: budget.work, steps: 0 }
        }
        fn observe(&mut self, _: &mut u64) {}
    }
    impl Drop for Gate {
        fn drop(&mut self) {
            *self.0.0.lock().expect("not poisoned") = false;
        }
    }
    let started = Arc::new((Mutex::new(false), Condvar::new()));
    let mut driver = Driver::spawn("gate", Gate(Arc::clone(&started)), None, Arc::new(|| {})).expect("a thread");
    driver.send(Message::Run(true));
    let mut flag = started.0.lock().expect("not poisoned");
    while !*flag {
        flag = started.1.wait(flag).expect("not poisoned");
    }
    drop(flag);
    drop(driver);
    assert!(!*started.0.lock().expect("not poisoned"), "the model is gone, so its thread is");
}

#[test]
fn a_job_tells_its_progress_ends_with_its_result_and_can_be_cancelled() {
    use spinscape::simulation::{Job, Outcome};
    let wait = |job: &Job<u32>| loop {
        if let Some(outcome) = job.take() {
            return outcome;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let wake: spinscape::simulation::driver::Wake = Arc::new(|| ());
    let job = Job::spawn("a job", Arc::clone(&wake), |watcher| watcher.go_on(0.5).then_some(7));
    assert_eq!(wait(&job), Outcome::Done(7));
    assert!((job.progress() - 0.5).abs() < 1e-12 && job.take().is_none(), "the outcome is there once");
    let endless = Job::spawn("an endless job", Arc::clone(&wake), |watcher| {
        while watcher.go_on(0.1) {
            std::thread::yield_now();
        }
        None
    });
    endless.cancel();
    assert_eq!(wait(&endless), Outcome::Cancelled);
    let broken = Job::spawn("a broken job", wake, |_| panic!("it broke"));
    assert_eq!(wait(&broken), Outcome::Failed("it broke".to_owned()));
    assert_eq!(Job::by_hand(|_| Some(3)).take(), Some(Outcome::Done(3)));
}

/// Counts down and is finished at zero.
struct Countdown(u64);

impl Simulation for Countdown {
    type Command = u64;
    type Frame = u64;

    fn apply(&mut self, from: u64) {
        self.0 = from;
    }

    fn advance(&mut self, budget: Budget) -> Progress {
        let steps = self.0.min(budget.steps).min(budget.work);
        self.0 -= steps;
        Progress { work: steps, steps }
    }

    fn observe(&mut self, frame: &mut u64) {
        *frame = self.0;
    }

    fn is_finished(&self) -> bool {
        self.0 == 0
    }
}

#[test]
fn what_is_finished_stops_running_and_the_window_knows_when_all_it_said_was_heard() {
    let clock = Arc::new(ManualClock::default());
    let mut driver = Driver::by_hand(Countdown(1000), Arc::clone(&clock) as Arc<dyn Clock>);
    driver.send(Message::Run(true));
    assert!(!driver.is_caught_up());
    driver.turn_until_idle();
    driver.poll();
    assert!(driver.is_caught_up() && !driver.status().running);
    assert_eq!(*driver.frame(), 0);
    // Told to run again, it does.
    driver.command(50);
    driver.send(Message::Run(true));
    driver.send(Message::Speed(Speed::Limited(10.0)));
    driver.turn_until_idle();
    driver.poll();
    assert!(driver.status().running && *driver.frame() == 50);
    clock.pass(Duration::from_secs(1));
    driver.turn_until_idle();
    driver.poll();
    assert!(*driver.frame() < 50);
}
