package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"resiltui/internal/config"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
)

// configured has the program find a configuration file with a text.
func configured(t *testing.T, text string) (path string) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	path = filepath.Join(home, "resiltui", "config.yaml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// defaultsOf are the flags as a command finds them after it has read the file,
// and what it says about it.
func defaultsOf(t *testing.T, args ...string) (o *dashboardFlags, said string) {
	t.Helper()
	o = &dashboardFlags{}
	var errs strings.Builder
	root := &cobra.Command{Use: "resiltui", RunE: func(cmd *cobra.Command, _ []string) error {
		o.readDefaults(cmd, &errs)
		return nil
	}}
	screen := o.screenFlags()
	o.register(root.Flags())
	root.Flags().AddFlagSet(screen)
	watch := newWatch(streams{}, o, screen)
	watch.RunE = root.RunE
	root.AddCommand(watch)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	return o, errs.String()
}

const everyKey = "theme: mono\nfps: 12\nascii: true\nmouse: false\ninterval: 2s\nbell: true\n"

func TestTheConfigurationFileSetsDefaults(t *testing.T) {
	configured(t, everyKey)
	o, said := defaultsOf(t)
	if said != "" || o.note != "" {
		t.Errorf("it says %q", said)
	}
	if o.theme != "mono" || o.fps != 12 || !o.ascii || !o.noMouse || o.interval.String() != "2s" || !o.bell {
		t.Errorf("the flags are %+v", o)
	}
}

func TestASCIIIsByTheLocaleUnlessItIsSaid(t *testing.T) {
	for _, c := range []struct {
		locale, file string
		args         []string
		want         bool
	}{
		{"C", "", nil, true},
		{"C.UTF-8", "", nil, false},
		{"C.UTF-8", "", []string{"--ascii"}, true},
		{"C", "", []string{"--ascii=false"}, false},
		{"C", "ascii: auto\n", nil, true},
		{"C", "ascii: false\n", nil, false},
		{"C.UTF-8", "ascii: true\n", nil, true},
		{"C", "ascii: true\n", []string{"--ascii=false"}, false},
		{"C", "ascii: auto\n", []string{"watch", "http://localhost/"}, true},
	} {
		t.Setenv("LC_ALL", c.locale)
		configured(t, c.file)
		if look := looksLike(t, c.args...); look.ASCII != c.want {
			t.Errorf("LC_ALL=%s, %q in the file, %q: ASCII is %v", c.locale, c.file, c.args, look.ASCII)
		}
	}
}

// looksLike is the look that flags, file and environment make.
func looksLike(t *testing.T, args ...string) (look draw.Options) {
	t.Helper()
	o := &dashboardFlags{}
	see := func(cmd *cobra.Command, _ []string) (err error) {
		o.readDefaults(cmd, io.Discard)
		look, err = o.look(cmd)
		return err
	}
	root := &cobra.Command{Use: "resiltui", RunE: see}
	screen := o.screenFlags()
	o.register(root.Flags())
	root.Flags().AddFlagSet(screen)
	watch := newWatch(streams{}, o, screen)
	watch.RunE = see
	root.AddCommand(watch)
	root.SetArgs(args)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	return look
}

func TestFlagsWinOverTheConfigurationFile(t *testing.T) {
	configured(t, everyKey)
	o, _ := defaultsOf(t, "--theme", "dark", "--fps=60", "--ascii=false", "--no-mouse=false", "--interval", "1s", "--bell=false")
	if o.theme != "dark" || o.fps != 60 || o.ascii || o.noMouse || o.interval.String() != "1s" || o.bell {
		t.Errorf("the flags are %+v", o)
	}
}

func TestTheIntervalOfTheFileIsNotThatOfAWatch(t *testing.T) {
	configured(t, everyKey)
	o, _ := defaultsOf(t, "watch", "http://localhost/")
	if o.fps != 12 {
		t.Error("a watch does not read the file")
	}
	if o.interval != scenario.DefaultInterval {
		t.Errorf("the interval of simulations is %v", o.interval)
	}
}

func TestAFileWithAMistakeIsAsGoodAsNone(t *testing.T) {
	path := configured(t, "ascii: true\nfps: 500\ncolour: red\n")
	o, said := defaultsOf(t)
	if o.ascii || o.fps != defaultFPS {
		t.Errorf("the flags are %+v", o)
	}
	want := path + `:2:6: fps "500": must be from 1 to 120 (and 1 more; resiltui config show lists them)`
	if !strings.Contains(said, "the defaults are used: "+want) || strings.Count(said, "\n") != 1 {
		t.Errorf("it says %q, and not %q in one line", said, want)
	}
	if !strings.Contains(o.note, want) {
		t.Errorf("the notice is %q", o.note)
	}
}

func TestConfigSaysWhereAndWhat(t *testing.T) {
	path := configured(t, "fps: 60\n")
	if status, out, errs := called("config", "path"); status != exitOK || out != path+"\n" || errs != "" {
		t.Errorf("path: status %d, %q, %q", status, out, errs)
	}
	status, out, errs := called("config", "show")
	if status != exitOK || errs != "" || !strings.Contains(out, "fps: 60 ") || !strings.Contains(out, "theme: auto ") {
		t.Errorf("show: status %d, %q, %q", status, out, errs)
	}
	if values, err := config.Parse("shown", []byte(out), configKeys()); err != nil || len(values) != len(configKeys()) {
		t.Errorf("what it shows is no file: %v", err)
	}
}

func TestConfigShowTellsEveryMistake(t *testing.T) {
	configured(t, "fps: 500\ncolour: red\n")
	status, out, errs := called("config", "show")
	if status != exitUsage || !strings.Contains(out, "fps: 30 ") {
		t.Errorf("status %d, %q", status, out)
	}
	if !strings.Contains(errs, ":1:6: fps") || !strings.Contains(errs, ":2:1: unknown key") {
		t.Errorf("it says %q", errs)
	}
}

func TestConfigTakesPathOrShow(t *testing.T) {
	for _, args := range [][]string{{"config"}, {"config", "edit"}, {"config", "path", "show"}} {
		complains(t, args, "resiltui config path", "resiltui config show")
	}
}

func TestEveryKeyHasAFlagAndAnAllowedDefault(t *testing.T) {
	root := newRoot(streams{})
	for _, k := range configKeys() {
		if root.Flag(k.Flag) == nil {
			t.Errorf("%s sets --%s, which is no flag", k.Name, k.Flag)
		}
		if !k.Check(k.Default) {
			t.Errorf("the default of %s, %q, is not allowed", k.Name, k.Default)
		}
		if k.Check("\x1b") || k.Check("") {
			t.Errorf("%s may be anything", k.Name)
		}
	}
}
