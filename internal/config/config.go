// Package config reads the configuration file, $XDG_CONFIG_HOME/resiltui/config.yaml:
// the user's own defaults for flags, one KEY: VALUE a line.
//
// It defines no keys and sets no flags: it is given the keys ([Key]) and returns
// the values in the file ([Value]), or each mistake with its line and column
// ([Mistake]). It never writes the file. Command resiltui makes the values the
// defaults of its flags. Where $XDG_CONFIG_HOME is not set, [Path] is the usual
// directory of the operating system.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/adrg/xdg"
	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"resiltui/internal/words"
)

// maxSize is how large the file may be, in bytes.
const maxSize = 64 << 10

// Key is one key of the file.
type Key struct {
	// Name is the key; Flag the flag whose default it sets. Inverted says that
	// the flag is true where the key is false.
	Name, Flag string
	Inverted   bool
	// Help says what it does; Allowed what values are allowed.
	Help, Allowed string
	// Default is the value where the file has none.
	Default string
	// Check reports whether a value, as the file writes it, is allowed.
	Check func(value string) bool
}

// Value is the value of a key in the file.
type Value struct {
	Key  Key
	Text string
}

// FlagText is the value as the flag takes it.
func (v Value) FlagText() string {
	if !v.Key.Inverted {
		return v.Text
	}
	on, _ := strconv.ParseBool(v.Text)
	return strconv.FormatBool(!on)
}

// Path is where the file is looked for: $XDG_CONFIG_HOME/resiltui/config.yaml,
// or the usual place of the system where that variable is not set. It need not
// exist.
func Path() string {
	home := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(home) { // the specification says to ignore a relative one
		home = xdg.ConfigHome
	}
	return filepath.Join(home, "resiltui", "config.yaml")
}

// Read reads the file. A missing or an empty file gives no values and no error.
// An error joins all mistakes, each of them a Mistake where it is in a line;
// there are no values then.
func Read(path string, keys []Key) ([]Value, error) {
	// Checked before it is opened, because opening a pipe would wait for its
	// writer.
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is no ordinary file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxSize+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxSize {
		return nil, fmt.Errorf("%s: has more than %d bytes", path, maxSize)
	}
	return Parse(path, bytes.TrimPrefix(text, []byte("\uFEFF")), keys) // Windows editors add a BOM
}

// Mistake is one thing that is wrong in the file.
type Mistake struct {
	Path         string
	Line, Column int // from 1
	Text         string
}

// Error is one line: FILE:LINE:COLUMN: what is wrong, and what is allowed.
func (m *Mistake) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", m.Path, m.Line, m.Column, m.Text)
}

// Parse reads the text of a file called path.
func Parse(path string, text []byte, keys []Key) ([]Value, error) {
	p := &reader{path: path, keys: keys}
	if line, column, deep := tooDeep(text); deep {
		return nil, p.deep(line, column)
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		return nil, p.syntax(err)
	}
	for i, doc := range file.Docs {
		switch body := doc.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode:
		case *ast.MappingNode:
			if i > 0 {
				p.mistake(body.GetToken(), "a second document; the file has one")
				continue
			}
			for _, pair := range body.Values {
				p.pair(pair)
			}
		default:
			p.mistake(body.GetToken(), "must be lines of the form KEY: VALUE; the keys are "+p.names())
		}
	}
	if len(p.mistakes) > 0 {
		return nil, errors.Join(p.mistakes...)
	}
	return p.values, nil
}

type reader struct {
	path     string
	keys     []Key
	values   []Value
	mistakes []error
}

func (p *reader) mistake(at *token.Token, text string) {
	m := &Mistake{Path: p.path, Line: 1, Column: 1, Text: text}
	if at != nil && at.Position != nil {
		m.Line, m.Column = at.Position.Line, at.Position.Column
	}
	p.mistakes = append(p.mistakes, m)
}

// syntax is the error for a file that is not valid YAML.
func (p *reader) syntax(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) {
		return fmt.Errorf("%s: %w", p.path, err)
	}
	p.mistake(e.GetToken(), words.Clean(e.GetMessage(), 120)+"; a line is KEY: VALUE, and the keys are "+p.names())
	return p.mistakes[0]
}

func (p *reader) names() string {
	var names []string
	for _, k := range p.keys {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}

// pair takes one line.
func (p *reader) pair(pair *ast.MappingValueNode) {
	name := pair.Key.GetToken()
	i := slices.IndexFunc(p.keys, func(k Key) bool { return k.Name == name.Value })
	if i < 0 {
		p.mistake(name, fmt.Sprintf("unknown key %q; the keys are %s", words.Clean(name.Value, 40), p.names()))
		return
	}
	k := p.keys[i]
	switch pair.Value.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
	case *ast.NullNode:
		p.mistake(name, fmt.Sprintf("%s has no value; it must be %s", k.Name, k.Allowed))
		return
	default:
		p.mistake(pair.Value.GetToken(), fmt.Sprintf("%s must be %s", k.Name, k.Allowed))
		return
	}
	value := pair.Value.GetToken()
	if !k.Check(value.Value) {
		p.mistake(value, fmt.Sprintf("%s %q: must be %s", k.Name, words.Clean(value.Value, 40), k.Allowed))
		return
	}
	p.values = append(p.values, Value{k, value.Value})
}

// Show is a file with all values in force, with a comment on each key.
func Show(keys []Key, values []Value) string {
	var out strings.Builder
	for _, k := range keys {
		text, from := k.Default, "default"
		if i := slices.IndexFunc(values, func(v Value) bool { return v.Key.Name == k.Name }); i >= 0 {
			text, from = values[i].Text, "from the file"
		}
		fmt.Fprintf(&out, "%-22s # %s; %s (%s)\n", k.Name+": "+text, k.Help, k.Allowed, from)
	}
	return out.String()
}
