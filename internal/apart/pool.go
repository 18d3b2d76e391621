package apart

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"resiltui/internal/sensors"
)

// startTime is how long a worker may take to start; a busy machine may need seconds.
const startTime = 10 * time.Second

// Pool is a pool of workers. It is safe for concurrent use. Make one with New, and
// Close it.
type Pool struct {
	ctx    context.Context
	cancel context.CancelFunc
	// idle holds the workers without a job, and a nil for each worker that may still
	// be started.
	idle chan *worker
}

// New returns a pool. It starts no process.
func New() *Pool {
	p := &Pool{idle: make(chan *worker, size)}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	for range size {
		p.idle <- nil
	}
	return p
}

// Close ends the workers. A running job is lost, and later ones fail.
func (p *Pool) Close() {
	p.cancel()
	for range size {
		if w := <-p.idle; w != nil {
			w.end()
		}
	}
	for range size {
		p.idle <- nil
	}
}

// Of returns a function that runs jobs of one kind; the function given to Serve does
// them. A job waits for a free worker until its context ends.
func (p *Pool) Of(kind string) sensors.Apart {
	return func(ctx context.Context, job []byte) ([]byte, error) { return p.do(ctx, kind, job) }
}

func (p *Pool) do(ctx context.Context, kind string, job []byte) (answer []byte, err error) {
	var w *worker
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case w = <-p.idle:
	}
	if w == nil {
		began := make(chan begun, 1)
		go func() { began <- p.start() }()
		select {
		case b := <-began:
			if b.err != nil {
				p.idle <- nil
				return nil, b.err
			}
			w = b.worker
		case <-ctx.Done():
			// Keep the worker for the next job: an attempt may have less time than a
			// worker needs to start.
			go func() { p.idle <- (<-began).worker }()
			return nil, ctx.Err()
		}
	}
	defer func() { p.idle <- w }()
	limited, cancel := context.WithTimeoutCause(ctx, MaxTime, sensors.ErrTooSlow)
	defer cancel()
	answer, alive, err := w.do(limited, kind, job)
	if !alive {
		w.end()
		w = nil
	}
	return answer, err
}

// begun is a worker that has started, or why it did not start.
type begun struct {
	worker *worker
	err    error
}

// start starts a worker, and waits until it is ready.
func (p *Pool) start() begun {
	w, err := newWorker(p.ctx)
	if err != nil {
		return begun{err: fmt.Errorf("no process for it: %w", err)}
	}
	limited, cancel := context.WithTimeout(p.ctx, startTime)
	defer cancel()
	stop := context.AfterFunc(limited, w.kill)
	said, err := readFrame(w.out, int64(len(greeting)))
	if stop() && err == nil && string(said) == greeting {
		return begun{worker: w}
	}
	w.end()
	return begun{err: fmt.Errorf("no process for it: %s does not begin to work", w.cmd.Path)}
}

// newWorker starts the program once more, as a worker. The end of ctx kills it.
func newWorker(ctx context.Context) (w *worker, err error) {
	path, err := self()
	if err != nil {
		return nil, err
	}
	w = &worker{cmd: exec.CommandContext(ctx, path)}
	w.cmd.Args = []string{workerName}
	w.cmd.Env = workerEnvironment()
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if w.out, err = w.cmd.StdoutPipe(); err != nil {
		return nil, err
	}
	if err := w.cmd.Start(); err != nil {
		return nil, err
	}
	return w, nil
}

// workerEnvironment is the environment of a worker: of the program's own only the time
// zone, so that a job sees the same local time, and no variable that holds a secret.
func workerEnvironment() []string {
	env := []string{workerVariable + "=1", "GOTRACEBACK=none"}
	for _, name := range []string{"TZ", "ZONEINFO"} {
		if value, ok := os.LookupEnv(name); ok { // an empty TZ is UTC
			env = append(env, name+"="+value)
		}
	}
	return env
}

// self is the path of the program, valid even where its file has been replaced since
// the start.
func self() (string, error) {
	const running = "/proc/self/exe"
	if _, err := os.Stat(running); err == nil {
		return running, nil
	}
	return os.Executable()
}

// worker is a process that does jobs. Only one goroutine at a time may use it.
type worker struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out io.Reader
}

// do runs one job; alive says whether the worker can be used again. The end of ctx
// kills the worker.
func (w *worker) do(ctx context.Context, kind string, job []byte) (answer []byte, alive bool, err error) {
	stop := context.AfterFunc(ctx, w.kill)
	err = writeFrame(w.in, []byte(kind), []byte{0}, job)
	if err == nil {
		answer, err = readFrame(w.out, MaxAnswer)
	}
	alive = stop() && err == nil
	switch {
	case err == nil:
		return answer, alive, nil
	case ctx.Err() != nil:
		return nil, false, context.Cause(ctx)
	default:
		return nil, false, sensors.ErrLost
	}
}

func (w *worker) kill() { _ = w.cmd.Process.Kill() }

// end ends a worker, which may still be busy.
func (w *worker) end() {
	w.kill()
	_ = w.in.Close()
	_ = w.cmd.Wait() // the exit status is of no interest
}
