package main

import (
	"bytes"
	"fmt"
	"strings"
	"text/template"
)

// formulaText is a formula that installs the archives. Without an address they
// are beside it.
var formulaText = template.Must(template.New("formula").Parse(`class Resiltui < Formula
  desc "Live terminal dashboard for retries, circuit breakers and fallbacks"
{{- if .Home}}
  homepage "{{.Home}}"
{{- end}}
  version "{{.Version}}"
  license "MIT"
{{range .Systems}}
  on_{{.Name}} do
{{- range .Archives}}
    on_{{.CPU}} do
      url "{{.URL}}"
      sha256 "{{.Sum}}"
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

type formulaArchive struct{ CPU, URL, Sum string }

type formulaSystem struct {
	Name     string
	Archives []formulaArchive
}

// formula is a Homebrew formula with the checksums of the archives.
func (r *release) formula(sums checksums) ([]byte, error) {
	base := strings.TrimSuffix(r.url, "/")
	if base == "" {
		base = "file://#{__dir__}"
	}
	data := struct {
		Home, Version string
		Systems       []formulaSystem
	}{Version: strings.TrimPrefix(r.version, "v"), Home: r.url}
	for _, s := range []struct{ name, os string }{{"macos", "darwin"}, {"linux", "linux"}} {
		system := formulaSystem{Name: s.name}
		for _, c := range []struct{ name, arch string }{{"arm", "arm64"}, {"intel", "amd64"}} {
			archive := fmt.Sprintf("resiltui_%s_%s.tar.gz", r.version, platform{s.os, c.arch})
			if sum := sums[archive]; sum != "" {
				system.Archives = append(system.Archives, formulaArchive{c.name, base + "/" + archive, sum})
			}
		}
		if len(system.Archives) > 0 {
			data.Systems = append(data.Systems, system)
		}
	}
	var out bytes.Buffer
	err := formulaText.Execute(&out, data)
	return out.Bytes(), err
}
