package model

import (
	"errors"
	"strings"
	"testing"

	"resiltui/internal/export"
)

func TestWhatIsCopiedIsSaidToBeOffered(t *testing.T) {
	const offered = "offered to the terminal's clipboard (OSC 52), if allowed"
	for _, c := range []struct {
		what string
		keys []string
	}{
		{"state of S0 " + offered, []string{"y"}},
		{"code for gobreaker " + offered, []string{"t", "y", "enter"}},
	} {
		m := still(t, 120, 36)
		press(m, c.keys...)
		if out := plain(m); !strings.Contains(out, c.what) || strings.Contains(out, "copied") {
			t.Errorf("%q:\n%s", c.keys, out)
		}
	}
	m := still(t, 80, 24)
	if press(m, "y"); !strings.Contains(plain(m), "state of S0 "+offered) {
		t.Errorf("on 80 columns:\n%s", plain(m))
	}
}

func TestCodeIsWrittenToANewFile(t *testing.T) {
	m := still(t, 120, 36)
	var name, text string
	var fails error
	m.opts.WriteFiles = func(n string, files []File) ([]string, error) {
		if fails != nil {
			return nil, fails
		}
		name, text = n+files[0].Ext, string(files[0].Data)
		return []string{"resiltui-pipeline-2-polly.cs"}, nil
	}
	press(m, "t", "left", "y", "down", "down", "down")
	if !strings.Contains(plain(m), "enter copy  w file") {
		t.Errorf("the list does not say how:\n%s", plain(m))
	}
	_, cmd := m.Update(typed("w"))
	m.Update(cmd())
	// The draft differs from what is in force by one step of the first setting.
	inForce, err := export.Code("polly", "S0", m.frame.Snap.Sensors[0].Policy)
	if err != nil {
		t.Fatal(err)
	}
	if name != "resiltui-pipeline-polly.cs" || changedLines(text, inForce) < 1 || changedLines(text, inForce) > 3 {
		t.Errorf("%s gets %q", name, text)
	}
	if !strings.Contains(plain(m), "written to resiltui-pipeline-2-polly.cs") {
		t.Errorf("the name is not told:\n%s", plain(m))
	}
	fails = errors.New("read-only file system")
	press(m, "y")
	_, cmd = m.Update(typed("w"))
	m.Update(cmd())
	if !strings.Contains(plain(m), "not written: read-only file system") {
		t.Errorf("the error is not told:\n%s", plain(m))
	}
}

// changedLines is how many lines of one text are not in the other.
func changedLines(text, other string) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		if !strings.Contains(other, line) {
			n++
		}
	}
	return n
}
