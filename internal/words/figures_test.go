package words

import (
	"testing"
	"time"
)

func TestFiguresInWords(t *testing.T) {
	cases := []struct{ got, want string }{
		{Seconds(0), "0.0 s"},
		{Seconds(3 * time.Second), "3.0 s"},
		{Seconds(1960 * time.Millisecond), "2.0 s"},
		{Seconds(75 * time.Second), "75.0 s"},
		{Spoken(0), "0 ms"},
		{Spoken(250 * time.Millisecond), "250 ms"},
		{Spoken(500 * time.Millisecond), "0.5 s"},
		{Spoken(12_500 * time.Millisecond), "12.5 s"},
		{InMillis(0), "0 ms"},
		{InMillis(55_500 * time.Microsecond), "56 ms"},
		{InMillis(1234 * time.Millisecond), "1234 ms"},
		{InMillis(400 * time.Microsecond), "0 ms"},
		{Value(47.509, 2, "kPa"), "47.51 kPa"},
		{Value(182, 0, "ms"), "182 ms"},
		{Value(3, 1, ""), "3.0"},
		{Value(-0.001, 2, "bar"), "0.00 bar"},
		{Value(-0.2, 0, ""), "0"},
		{Value(-0.01, 2, ""), "-0.01"},
		{Value(-10, 0, ""), "-10"},
		{Size(1 << 20), "1 MiB"},
		{Size(64 << 10), "64 KiB"},
		{Size(1 << 30), "1024 MiB"},
		{Size(1000), "1000 bytes"},
		{Counted(0, "attempt"), "0 attempts"},
		{Counted(1, "attempt"), "1 attempt"},
		{Counted(2, "attempt"), "2 attempts"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestAShareNeverReadsAsMoreThanItIs(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.49999: "49.9 %", 0.5: "50 %", 0.29: "29 %", 0.9999: "99.9 %", 1: "100 %"} {
		if got := Rate(share); got != want {
			t.Errorf("%g is %q, want %q", share, got, want)
		}
	}
}
