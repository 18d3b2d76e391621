package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
)

// formulaText is a Homebrew formula that installs the archives. Without a URL it
// expects them in its own directory.
var formulaText = template.Must(template.New("formula").Parse(`class Resiltui < Formula
  desc "Live terminal dashboard for retries, circuit breakers and fallbacks"
{{- with .Home}}
  homepage "{{.}}"
{{- end}}
  version "{{.Version}}"
  license "MIT"
{{range $system, $archives := .Systems}}
  on_{{$system}} do
{{- range $processor, $archive := $archives}}
    on_{{$processor}} do
      url "{{$.Base}}/{{$archive.Name}}"
      sha256 "{{$archive.Sum}}"
    end
{{- end}}
  end
{{end}}
  def install
    bin.install "resiltui"
    man1.install "man/resiltui.1"
    bash_completion.install "completions/resiltui.bash" => "resiltui"
    zsh_completion.install "completions/_resiltui"
    fish_completion.install "completions/resiltui.fish"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/resiltui --version")
  end
end
`))

// artifact is a file made by GoReleaser, as described in its artifacts.json.
type artifact struct {
	Name  string `json:"name"`
	OS    string `json:"goos"`
	Arch  string `json:"goarch"`
	Type  string `json:"type"`
	Extra struct {
		Checksum string // sha256:...
	} `json:"extra"`
}

// Sum is the checksum in the format of sha256sum.
func (a artifact) Sum() string { return strings.TrimPrefix(a.Extra.Checksum, "sha256:") }

// writeFormula writes the formula for the artifacts in a directory into the same
// directory, and adds its checksum to the others.
func writeFormula(dir, version, url string) error {
	list, err := os.ReadFile(filepath.Join(dir, "artifacts.json"))
	if err != nil {
		return err
	}
	var made []artifact
	if err := json.Unmarshal(list, &made); err != nil {
		return fmt.Errorf("what GoReleaser made: %w", err)
	}
	text, err := formula(made, version, url)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "resiltui.rb"), text, 0o644); err != nil {
		return err
	}
	sums, err := os.OpenFile(filepath.Join(dir, "SHA256SUMS"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(sums, "%x  resiltui.rb\n", sha256.Sum256(text))
	return errors.Join(err, sums.Close())
}

// formula is a Homebrew formula for the archives among the artifacts.
func formula(made []artifact, version, url string) ([]byte, error) {
	systems := map[string]map[string]artifact{} // a template ranges over keys in order
	for _, a := range made {
		system := map[string]string{"darwin": "macos", "linux": "linux"}[a.OS]
		if a.Type != "Archive" || system == "" {
			continue
		}
		if systems[system] == nil {
			systems[system] = map[string]artifact{}
		}
		systems[system][map[string]string{"arm64": "arm", "amd64": "intel"}[a.Arch]] = a
	}
	base := strings.TrimSuffix(url, "/")
	if url == "" {
		base = "file://#{__dir__}"
	}
	var out bytes.Buffer
	err := formulaText.Execute(&out, map[string]any{
		"Home": url, "Version": strings.TrimPrefix(version, "v"), "Base": base, "Systems": systems,
	})
	return out.Bytes(), err
}
