#!/bin/sh
# Records the demo tapes with VHS: those named as arguments, or all of
# docs/tapes. With --check as the first argument nothing is kept of it. A tape waits for what it expects on the screen, so a recording
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

check=
if [ "${1:-}" = --check ]; then
  check=1
  shift
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

# VHS writes where it runs: in a folder of its own, out of which the pictures
# are taken when all went well.
here=$PWD
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
mkdir -p "$there/docs/img"
cp -R docs/tapes "$there/docs/"

# A terminal has few colours and still areas, so a palette without dither and
# six frames a second make a recording a third as large.
shrink() {
  frames=
  case $1 in
  *.gif) frames=fps=6, ;;
  esac
  small=$1.small.${1##*.}
  ffmpeg -v error -y -i "$1" -filter_complex \
    "${frames}split[a][b];[a]palettegen=max_colors=48:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle" \
    "$small"
  case $1 in
  *.gif)
    if command -v gifsicle >/dev/null; then
      gifsicle --no-warnings -O3 --lossy=200 --colors 32 "$small" -o "$small"
    fi
    ;;
  esac
  mv "$small" "$1"
}

for tape in "$@"; do
  echo "recording $tape"
  # A tape of still pictures names no recording; VHS makes one all the same.
  unnamed=
  grep -q '^Output' "$tape" || unnamed="--output $there/unnamed.gif"
  # shellcheck disable=SC2086 # two words or none
  (cd "$there" && vhs --quiet $unnamed "$tape")
done
if [ -z "$check" ]; then
  mkdir -p docs/img
  for picture in "$there"/docs/img/*; do
    shrink "$picture"
    cp "$picture" "$here/docs/img/"
  done
fi
