#!/bin/sh
# Records the demo tapes with VHS: those named as arguments, or all of
# docs/tapes. A tape waits for what it expects on the screen, so a recording
# that fails is a test that failed. Expects bin/resiltui to be built.
set -eu
cd "$(dirname "$0")/.."

missing=
for need in vhs ttyd ffmpeg; do
  command -v "$need" >/dev/null || missing="$missing $need"
done
if [ -n "$missing" ]; then
  {
    echo "make demo: not on the PATH:$missing"
    echo "  macOS, or Linux with Homebrew:  brew install vhs    (brings ttyd and ffmpeg)"
    echo "  Arch Linux:                     pacman -S vhs       (brings ttyd and ffmpeg)"
    echo "  elsewhere: ttyd and ffmpeg from the system's packages, and"
    echo "             go install github.com/charmbracelet/vhs@v0.10.0"
  } >&2
  exit 1
fi

if [ $# -eq 0 ]; then
  set -- docs/tapes/*.tape
fi
if [ ! -f "$1" ]; then
  echo "make demo: no tape $1" >&2
  exit 1
fi

# The browser that VHS draws with does not start sandboxed as root.
if [ "$(id -u)" -eq 0 ]; then
  export VHS_NO_SANDBOX=1
fi
# The demo shows colours whatever the recording shell prefers.
unset NO_COLOR CLICOLOR
export PATH="$PWD/bin:$PATH"

# A terminal has few colours and still areas, so a palette without dither and
# ten frames a second make a recording about half as large.
shrink() {
  ffmpeg -v error -y -i "$1" -filter_complex \
    "fps=10,split[a][b];[a]palettegen=max_colors=64:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle" \
    "$1.small.gif"
  if command -v gifsicle >/dev/null; then
    gifsicle --no-warnings -O3 --lossy=20 "$1.small.gif" -o "$1.small.gif"
  fi
  mv "$1.small.gif" "$1"
}

for tape in "$@"; do
  echo "recording $tape"
  vhs --quiet "$tape"
  picture=$(awk '$1 == "Output" { print $2; exit }' "$tape")
  case $picture in
  *.gif) shrink "$picture" ;;
  esac
done
