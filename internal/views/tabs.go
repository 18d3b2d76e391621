package views

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// secondTabs returns the tabs of the second line: what is drawn and what can be clicked.
// Both are nil where the line shows something else: a detail, or a notice that has no line
// of its own.
func secondTabs(f *Frame, l *Layout) (out []draw.Seg, zones []Zone) {
	if l.Header < 2 || l.Detail || (f.Notice != "" && l.EventLines() == 0) {
		return nil, nil
	}
	room := l.Width
	if f.Dropped > 0 {
		room -= words.Width(droppedText(f)) + len("   ? help ") + 1
	}
	for form := range tabForms {
		out, zones = tabs(f, form)
		if draw.SegsWidth(out) <= room {
			break
		}
	}
	return out, zones
}

// tabForms is how many forms the tabs have, from wide to narrow: with two spaces between
// tabs and the switch of the open circuits; with one space and the word "open"; without
// spaces; and with only the name of the current page and the numbers of the others.
const tabForms = 4

func tabs(f *Frame, form int) (out []draw.Seg, zones []Zone) {
	x := 0
	add := func(r draw.Role, s string) {
		out = append(out, draw.Words(r, s))
		x += words.Width(s)
	}
	shown := ""
	if f.Page != nil {
		shown = f.Page.Title()
	}
	for i, tab := range f.Tabs {
		start, key := x, strconv.Itoa(i+1)
		title := key + " " + tab.Title
		if form == 3 && tab.Title != shown {
			title = key
		}
		if tab.Title == shown {
			add(draw.Strong, "["+title+"]")
		} else {
			add(draw.Label, " "+title)
		}
		if tab.Open {
			badge(f, form, add)
		}
		zones = append(zones, Zone{draw.At(start, 1, x-start, 1), HitKey, key})
		if form < 2 && i < len(f.Tabs)-1 {
			add(draw.Plain, words.Spaces(2-form))
		}
	}
	return out, zones
}

// badge writes the number of open circuits after the tab of the page that shows them. Where
// there is room it is written for 0 too, so that nothing moves when a circuit opens.
func badge(f *Frame, form int, add func(draw.Role, string)) {
	n, state := f.Snap.Open, breaker.Closed
	if n > 0 {
		state = breaker.Open
	}
	text := strconv.Itoa(n)
	switch {
	case form == 0:
		text = " " + f.Aside(ToggleSign(state)+" "+text)
	case form == 1:
		text = " " + f.Aside(text+" open")
	case n == 0:
		return
	default:
		text = "(" + text + ")"
	}
	add(StateRole(state), text)
}

// droppedText says how many events the screen was too slow for.
func droppedText(f *Frame) string { return fmt.Sprintf("%d events dropped", f.Dropped) }
