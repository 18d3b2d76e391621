//go:build unix

package guard

import (
	"io"
	"os"
	"testing"
)

// after is what a guard has written at its end.
func after(t *testing.T, end func(*Guard), script string, args ...string) string {
	t.Helper()
	out, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }()
	g, err := Start(script, writer, args...)
	_ = writer.Close()
	if err != nil {
		t.Fatal(err)
	}
	defer g.Release()
	end(g)
	said, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}

const last = `while read -r line; do last=$line; done; printf '%s %s' "$last" "$1"`

func TestAGuardDoesItsWorkWhenItsPipeEnds(t *testing.T) {
	got := after(t, func(g *Guard) {
		g.Say("one")
		g.Say("two")
		_ = g.pipe.Close() // as the end of the program does
	}, last, "it's $1")
	if want := "two it's $1"; got != want {
		t.Errorf("it wrote %q, not %q", got, want)
	}
}

func TestAGuardThatIsReleasedDoesNothing(t *testing.T) {
	got := after(t, func(g *Guard) {
		g.Say("one")
		g.Release()
		g.Release()
		g.Say("nobody reads this")
	}, last)
	if got != "" {
		t.Errorf("it wrote %q", got)
	}
}

func TestAGuardLeadsAGroupOfItsOwn(t *testing.T) {
	_ = after(t, func(g *Guard) {
		if g.Group() == os.Getpid() || g.Group() <= 0 {
			t.Errorf("its group is %d", g.Group())
		}
		g.Release()
	}, last)
	var none *Guard
	none.Say("x")
	none.Release()
	if none.Group() != 0 {
		t.Error("no guard has a group")
	}
}
