package engine

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Options of a session.
type Options struct {
	// Hub takes the events; it must be set.
	Hub *event.Hub
	// Build makes the run for a seed. It is called at each start, until a Restart
	// asks for another scenario. Its error ends the session.
	Build func(seed uint64) (Config, error)
	// Scenarios make the runs that a Restart may ask for by their names
	// (Command.Scenario); nil is none.
	Scenarios map[string]func(seed uint64) (Config, error)
	// Seed is the first run's.
	Seed uint64
	// Paced lets simulated time pass no faster than Speed times real time, and
	// keeps the session open when a run has ended, until it is started again.
	// Otherwise the run goes as fast as it can, and Run returns at its end.
	Paced bool
	// Speed is the first pace, from clock.MinSpeed to clock.MaxSpeed; 0 is 1.
	Speed float64
}

// Session runs one run after the other: commands may start it again. Do, Now
// and Pace are safe for concurrent use and never block.
type Session struct {
	opts  Options
	first *stage // what Run begins with; nil: Run builds it

	mu      sync.Mutex
	current *stage          // the current run; nil before the first
	again   *start          // a restart that was asked for and has not begun
	later   []event.Command // requested between a restart and the start of its run
}

// stage is a run with its driver.
type stage struct {
	run    *run
	drive  driver
	cancel context.CancelFunc
	stepTo int64 // the batch that steps asked for so far run to
	// leaving says that a restart was asked for; guarded by the session's mu.
	leaving bool
}

// start is what a run begins with.
type start struct {
	build func(seed uint64) (Config, error)
	seed  uint64
}

// driver lets a run's time pass and carries out commands.
type driver interface {
	// do has fn called soon, one at a time, between the run's steps.
	do(fn func())
	run(ctx context.Context, r *run) error
	now() time.Duration
	pace() (paused bool, speed float64)
	// setPace and runOn do what the commands of those names do; they are called
	// by what do calls.
	setPace(paused bool, speed float64)
	runOn(stop func() bool, limit time.Duration)
}

// Play makes one run, as fast as it goes, and returns when it has ended. The error is
// that of Session.Run, or ctx's where that has ended the run early.
func Play(ctx context.Context, hub *event.Hub, config Config) error {
	s, err := NewSession(Options{Hub: hub, Seed: config.Seed, Build: func(uint64) (Config, error) { return config, nil }})
	if err != nil {
		return err
	}
	return cmp.Or(s.Run(ctx), ctx.Err())
}

// NewSession builds the first run, so that its errors are known before anything
// is drawn.
func NewSession(opts Options) (*Session, error) {
	opts.Speed = cmp.Or(opts.Speed, 1)
	s := &Session{opts: opts}
	st, err := s.stage(start{opts.Build, opts.Seed}, opts.Speed)
	if err != nil {
		return nil, err
	}
	if _, ok := st.drive.(*unpacedDriver); ok {
		s.first = st // its time does not pass before Run
		return s, nil
	}
	st.run.close()
	return s, nil
}

// stage builds a run.
func (s *Session) stage(from start, speed float64) (*stage, error) {
	config, err := from.build(from.seed)
	if err != nil {
		return nil, err
	}
	st := &stage{}
	var clk clock.Clock
	remember := false // keep a command log for rehearsals: only paced runs have a user
	switch {
	case config.Real:
		d := newWallDriver()
		st.drive, clk = d, d.clock
	case s.opts.Paced:
		d := newPacedDriver(speed)
		st.drive, clk, remember = d, d.clock, true
	case config.Realtime:
		d := &realtimeDriver{clock: clock.NewWall()}
		st.drive, clk = d, d.clock
	default:
		d := &unpacedDriver{clock: clock.NewVirtual()}
		st.drive, clk = d, d.clock
	}
	if st.run, err = newRun(config, clk, s.opts.Hub, st.drive.pace); err != nil {
		return nil, err
	}
	if remember {
		st.run.commandLog = newCommandLog(config)
	}
	return st, nil
}

// Run runs until ctx ends; unpaced, until the run has ended. The error is nil
// in both cases, and says what went wrong otherwise.
func (s *Session) Run(ctx context.Context) error {
	next, speed := start{s.opts.Build, s.opts.Seed}, s.opts.Speed
	for {
		st := s.first
		s.first = nil
		if st == nil {
			var err error
			if st, err = s.stage(next, speed); err != nil {
				return err
			}
		}
		again, err := s.play(ctx, st)
		if err != nil || ctx.Err() != nil || again == nil {
			return err
		}
		next.seed = again.seed
		if again.build != nil {
			next.build = again.build
		}
		_, speed = st.drive.pace()
	}
}

// play runs one stage. again is what to start next, or nil; where it has no
// build, the same scenario starts with its seed.
func (s *Session) play(ctx context.Context, st *stage) (again *start, err error) {
	ctx, st.cancel = context.WithCancel(ctx)
	defer st.cancel()
	defer st.run.close()
	s.mu.Lock()
	if again = s.again; again != nil { // asked for while this run was built
		s.again = nil
		s.mu.Unlock()
		return again, nil
	}
	s.current = st
	later := s.later
	s.later = nil
	s.mu.Unlock()

	st.run.announce()
	for _, cmd := range later {
		st.drive.do(func() { st.take(cmd) })
	}
	err = st.drive.run(ctx, st.run)
	if err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	if ctx.Err() == nil { // by itself, not by a restart or the caller's cancel
		st.run.end("the run has ended")
		if !s.opts.Paced {
			return nil, nil
		}
		<-ctx.Done() // the screen stays open on what was reached
	}
	// A restart cancels too, and sets again before it does.
	s.mu.Lock()
	defer s.mu.Unlock()
	again, s.again = s.again, nil
	return again, nil
}

func (s *Session) stageNow() *stage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current
}

// Now is the time of the run, smooth between events.
func (s *Session) Now() time.Duration {
	if st := s.stageNow(); st != nil {
		return st.drive.now()
	}
	return 0
}

// Do carries a command out, soon. Before Run it does nothing.
func (s *Session) Do(cmd event.Command) {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := s.current
	switch {
	case st == nil:
	case cmd.Op == event.Restart && cmd.Scenario != "" && s.opts.Scenarios[cmd.Scenario] == nil:
		st.drive.do(func() { st.publishText(cmd.By + ": there is no scenario " + cmd.Scenario) })
	case cmd.Op == event.Restart:
		build := s.opts.Scenarios[cmd.Scenario]
		if build == nil && s.again != nil {
			build = s.again.build // the run that is about to begin, with this seed
		}
		s.again = &start{build, cmd.Seed} // the last of several restarts counts
		s.later = nil
		st.leaving = true
		st.cancel()
	case st.leaving: // it is meant for the next run
		s.later = append(s.later, cmd)
	default:
		st.drive.do(func() { st.take(cmd) })
	}
}

// take carries a command out between two steps.
func (st *stage) take(cmd event.Command) {
	r, d := st.run, st.drive
	paused, speed := d.pace()
	switch {
	case cmd.Op.ForSensors() && r.config.Real:
		r.apply(cmd, st.callNumber(cmd))
	case cmd.Op.ForSensors():
		r.pending = append(r.pending, cmd)
	case cmd.Op == event.Step && !r.config.Real:
		// The batch in progress is finished first, so that a command which waits
		// for the next batch takes effect with this step. Steps that come during
		// a step add up.
		st.stepTo = max(st.stepTo, r.begun.Load()) + 1
		to := st.stepTo
		st.runOn(func() bool { return r.batches.Load() >= to }, "")
	case cmd.Op == event.RunOn && !r.config.Real:
		seen := r.changes.Load()
		st.runOn(func() bool { return r.changes.Load() > seen }, cmd.By+": no circuit changed its state within 10 minutes")
	case cmd.Op == event.Pause, cmd.Op == event.Toggle && !paused:
		d.setPace(true, speed)
		st.publishText(cmd.By + ": paused")
	case cmd.Op == event.Resume, cmd.Op == event.Toggle && paused:
		d.setPace(false, speed)
		st.publishText(cmd.By + ": goes on")
	case cmd.Op == event.SetSpeed && !r.config.Real:
		d.setPace(paused, cmd.Speed)
		_, speed = d.pace()
		st.publishText(cmd.By + ": speed " + speedText(speed))
	case cmd.Op == event.Note:
		st.note(cmd)
	}
}

// noteCells is the longest note, in cells: the 200 characters of the dashboard's
// field, all of them two cells wide, and the moment that the note is about.
const noteCells = 2*200 + 24

// note publishes the text of a Note as an event.
func (st *stage) note(cmd event.Command) {
	if text := words.Clean(cmd.Text, noteCells); text != "" {
		st.publishText("note: " + text)
	}
}

// callNumber is the batch that a command in a real run belongs to: the next
// call of its target, where it has one.
func (st *stage) callNumber(cmd event.Command) int {
	if len(cmd.Sensors) != 1 || cmd.Sensors[0] < 0 || cmd.Sensors[0] >= len(st.run.clients) {
		return 0
	}
	return int(st.run.clients[cmd.Sensors[0]].calls.Load()) + 1
}

// runOnLimit is how far a run goes on in search of the next change of state.
const runOnLimit = 10 * time.Minute

// runOn runs until the function until is true and pauses there without a line
// of text, because what it ran to has an event of its own; giveUp is the text
// where the limit came first. The pause is published before the run, not after
// it: on the way time is not paced, and the last event should be the one that
// was run to.
func (st *stage) runOn(until func() bool, giveUp string) {
	_, speed := st.drive.pace()
	st.drive.setPace(true, speed)
	st.publishText("")
	// Batches may be further apart than the limit.
	limit := runOnLimit + 2*st.run.config.Interval
	end := st.run.clock.Now() + limit
	st.drive.runOn(func() bool {
		if until() {
			return true
		}
		if st.run.clock.Now() < end {
			return false
		}
		st.drive.setPace(true, speed)
		st.publishText(giveUp)
		return true
	}, 2*limit) // the function above decides; this only bounds it
}

func (st *stage) publishText(text string) {
	st.run.publishText(int(st.run.begun.Load()), event.NoSensor, text)
}
