package draw

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

// rgb is a colour in linear light, 0 to 1.
type rgb [3]float64

func linear(t *testing.T, hex string) (c rgb) {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", hex, err)
	}
	for i := range c {
		v := float64(n>>(16-8*i)&0xff) / 255
		if v <= 0.04045 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return c
}

// The sights of dichromats, as matrices on linear sRGB: F. Viénot, H. Brettel and
// J. D. Mollon, "Digital video colourmaps for checking the legibility of displays
// by dichromats", Color Research and Application 24 (1999) 243-252, multiplied
// out as DaltonLens does (daltonlens.org/understanding-cvd-simulation).
func sights() map[string][3]rgb {
	return map[string][3]rgb{
		"everybody":  {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia": {{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0}, {0.00401, -0.00401, 1}},
		"deuteranopia": {
			{0.29275, 0.70725, 0},
			{0.29275, 0.70725, 0},
			{-0.02234, 0.02234, 1},
		},
	}
}

func seen(c rgb, sight [3]rgb) (out rgb) {
	for i, row := range sight {
		out[i] = min(max(row[0]*c[0]+row[1]*c[1]+row[2]*c[2], 0), 1)
	}
	return out
}

// lab is CIE 1976 L*a*b*, of sRGB's white (D65).
func lab(c rgb) (l, a, b float64) {
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*c[0] + 0.3575761*c[1] + 0.1804375*c[2]) / 0.95047)
	y := f(0.2126729*c[0] + 0.7151522*c[1] + 0.0721750*c[2])
	z := f((0.0193339*c[0] + 0.1191920*c[1] + 0.9503041*c[2]) / 1.08883)
	return 116*y - 16, 500 * (x - y), 200 * (y - z)
}

// deltaE is the CIE 1976 difference ΔE*ab of two colours.
func deltaE(x, y rgb) float64 {
	l1, a1, b1 := lab(x)
	l2, a2, b2 := lab(y)
	return math.Sqrt((l1-l2)*(l1-l2) + (a1-a2)*(a1-a2) + (b1-b2)*(b1-b2))
}

// apart is the least ΔE*ab between two roles that must not be taken for one
// another. 2.3 is a difference that is just noticed side by side; these stand
// apart on the screen, in thin strokes.
const apart = 20

func TestColourBlindPalettesKeepRolesApart(t *testing.T) {
	for name, p := range map[string]palette{"dark": colourBlindDark(), "light": colourBlindLight()} {
		roles := []struct{ name, colour string }{
			{"live", p.live}, {"fail", p.fail}, {"stale", p.stale}, {"probe", p.probe}, {"fault", p.fault},
		}
		for who, sight := range sights() {
			for i, a := range roles {
				for _, b := range roles[:i] {
					d := deltaE(seen(linear(t, a.colour), sight), seen(linear(t, b.colour), sight))
					if d < apart {
						t.Errorf("%s, %s: %s %s and %s %s are %.1f apart, want %d", name, who, a.name, a.colour, b.name, b.colour, d, apart)
					}
				}
			}
		}
	}
}

// The simulation itself: it must show what it is there for. Red and green of one
// lightness are far apart for most, and hardly for a dichromat; grey stays grey.
func TestTheSimulationOfDichromatsConfusesRedAndGreen(t *testing.T) {
	red, green := linear(t, "#a05a46"), linear(t, "#6d7043")
	if d := deltaE(red, green); d < 30 {
		t.Errorf("red and green are %.1f apart", d)
	}
	for who, sight := range sights() {
		if who == "everybody" {
			continue
		}
		if d := deltaE(seen(red, sight), seen(green, sight)); d > apart {
			t.Errorf("%s: red and green are %.1f apart", who, d)
		}
		grey := linear(t, "#808080")
		if d := deltaE(grey, seen(grey, sight)); d > 0.5 {
			t.Errorf("%s: grey has moved by %.1f", who, d)
		}
	}
}
