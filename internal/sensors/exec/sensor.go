package exec

import (
	"context"
	"errors"
	"io/fs"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"resiltui/internal/guard"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dial"
	"resiltui/internal/words"
)

const (
	// maxOutput is the most bytes that a command may print, and maxSaid how much of what it
	// says about a failure is read; saidCells is how much of that is told.
	maxOutput = 4 << 10
	maxSaid   = 1 << 10
	saidCells = 60
	// waitDelay is how long what a command left running may keep its output open.
	waitDelay = 200 * time.Millisecond
)

// sensor is a command that is run for each read. It is safe for concurrent use.
type sensor struct {
	config config
	info   sensors.Info
	now    func() time.Duration
}

// Info describes the command.
func (s *sensor) Info() sensors.Info { return s.info }

// Read runs the command to its end, or to the end of ctx, which kills it and all that it
// started. What it leaves running is killed as well, since the next read comes soon.
func (s *sensor) Read(ctx context.Context, _ sensors.Request) (sensors.Reading, error) {
	if err := ctx.Err(); err != nil {
		return sensors.Reading{}, err
	}
	cmd := exec.CommandContext(ctx, s.config.command[0], s.config.command[1:]...)
	group, err := guard.NewGroup(cmd)
	if err != nil {
		return sensors.Reading{}, startError(err)
	}
	defer group.End()
	printed, said := &guard.Head{Most: maxOutput}, &guard.Head{Most: maxSaid}
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = printed, said, waitDelay
	err = cmd.Run()
	at := s.now()
	if ended := ctx.Err(); ended != nil {
		return sensors.Reading{}, ended
	}
	if err := s.judge(cmd, err, said); err != nil {
		return sensors.Reading{}, err
	}
	value, err := number(printed)
	if err != nil {
		return sensors.Reading{}, err
	}
	return sensors.Reading{Value: value, At: at}, nil
}

// judge is what is wrong with how a command ended, or nil. err is that of Run.
func (s *sensor) judge(cmd *exec.Cmd, err error, said *guard.Head) error {
	_, exited := errors.AsType[*exec.ExitError](err)
	if err != nil && !exited && !errors.Is(err, exec.ErrWaitDelay) {
		return startError(err)
	}
	if cmd.ProcessState.Exited() && slices.Contains(s.config.expect, cmd.ProcessState.ExitCode()) {
		return nil
	}
	text := cmd.ProcessState.String()
	about, _ := said.Text()
	about, _, _ = strings.Cut(strings.TrimSpace(about), "\n")
	if about = words.Clean(dial.Steady(words.RedactText(about)), saidCells); about != "" {
		text += ": " + about
	}
	return sensors.ReadErrorf("%s", text)
}

// startError says why a command could not be started. What this machine lacks is not the
// command's doing; what is wrong with the program itself stays so.
func startError(err error) error {
	switch {
	case dial.TooManyFiles(err):
		return sensors.LocalError{Said: sensors.ReadErrorf("%s", sensors.TextTooManyFiles)}
	case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.ENOMEM):
		return sensors.LocalError{Said: sensors.ReadErrorf("too many processes on this machine")}
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return lasting("command not found")
	case errors.Is(err, exec.ErrDot):
		return lasting("command is in this folder; write ./ before its name")
	case errors.Is(err, fs.ErrPermission):
		return lasting("command may not be run")
	}
	text, _ := dial.Rest(err, words.RedactText)
	return lasting("command cannot be run: " + text)
}

func lasting(text string) error {
	return sensors.LastingError{Err: sensors.ReadErrorf("%s", text)}
}

// number is the one number that a command printed.
func number(printed *guard.Head) (float64, error) {
	text, whole := printed.Text()
	if !whole {
		return 0, sensors.ReadErrorf("command printed more than %s, not a number", words.Size(maxOutput))
	}
	fields := strings.Fields(text)
	switch len(fields) {
	case 0:
		return 0, sensors.ReadErrorf("command printed nothing, not a number")
	case 1:
		x, err := strconv.ParseFloat(fields[0], 64)
		if err == nil || errors.Is(err, strconv.ErrRange) {
			return sensors.Number("command", x)
		}
		return 0, sensors.ReadErrorf("command printed a text, not a number")
	}
	return 0, sensors.ReadErrorf("command printed several words, not a number")
}
