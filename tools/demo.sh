#!/bin/sh
# Records the demo tapes with VHS: those named as arguments, or all of
# docs/tapes. With --check as the first argument nothing is kept of it. A tape
# waits for what it expects on the screen, so a recording that fails is a test
# that failed. A tape with lines such as "#: theme=dark size=80x24" is recorded
# once for each of them, with {theme} and {size} replaced. Expects bin/resiltui
# to be built.
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
mkdir -p "$there/docs/img/sizes"
cp -R docs/tapes "$there/docs/"

# A terminal has few colours and still areas, so a palette without dither and
# six frames a second make a recording a third as large.
shrink() {
  frames=
  colours=24
  case $1 in
  *.gif)
    frames=fps=6,
    colours=48
    ;;
  esac
  small=$1.small.${1##*.}
  ffmpeg -v error -y -i "$1" -filter_complex \
    "${frames}split[a][b];[a]palettegen=max_colors=$colours:stats_mode=full[p];[b][p]paletteuse=dither=none:diff_mode=rectangle" \
    -pred none -compression_level 9 "$small"
  case $1 in
  *.gif)
    if command -v gifsicle >/dev/null; then
      gifsicle --no-warnings -O3 --lossy=200 --colors 32 "$small" -o "$small"
    fi
    ;;
  esac
  mv "$small" "$1"
}

# record TAPE [KEY=VALUE...] records a tape, with the keys' places filled.
record() {
  from=$1
  shift
  echo "recording $from $*"
  cp "$from" "$there/now.tape"
  for pair in "$@"; do
    sed "s|{${pair%%=*}}|${pair#*=}|g" "$there/now.tape" >"$there/next.tape"
    mv "$there/next.tape" "$there/now.tape"
  done
  # A tape of still pictures names no recording; VHS makes one all the same.
  unnamed=
  grep -q '^Output' "$there/now.tape" || unnamed="--output $there/unnamed.gif"
  # shellcheck disable=SC2086 # two words or none
  (cd "$there" && vhs --quiet $unnamed now.tape)
}

for tape in "$@"; do
  if ! grep -q '^#: ' "$tape"; then
    record "$tape"
    continue
  fi
  sed -n 's/^#: //p' "$tape" >"$there/variants"
  while read -r variant <&3; do
    # shellcheck disable=SC2086 # one word a key
    record "$tape" $variant
  done 3<"$there/variants"
done
if [ -z "$check" ]; then
  mkdir -p docs/img
  (cd "$there/docs/img" && find . -type f) | while read -r picture; do
    shrink "$there/docs/img/$picture" </dev/null
    mkdir -p "$(dirname "docs/img/$picture")"
    cp "$there/docs/img/$picture" "docs/img/$picture"
  done
fi
