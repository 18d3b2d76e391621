package asleep

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestAwake(t *testing.T) {
	done := make(chan bool)
	go func() {
		time.Sleep(time.Second)
	}()
	<-time.After(time.Second)
	select {
	case <-done:
	case <-time.After(time.Second):
	}
	both()
	timer := time.NewTimer(time.Second)
	<-timer.C
	for _, fn := range table() {
		fn()
	}
	pass()
}

func TestInABubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Second)
		<-time.After(time.Second)
		onlyInside()
		both()
	})
	bubble(t, func() { time.Sleep(time.Second) })
}

func bubble(t *testing.T, fn func()) {
	synctest.Test(t, func(*testing.T) { fn() })
}

func onlyInside() { time.Sleep(time.Second) }

func both() { time.Sleep(time.Second) }

// pass can only be called in a bubble.
func pass() {
	time.Sleep(time.Second)
	synctest.Wait()
}

// table names a function without calling it in a bubble.
func table() []func() { return []func(){named} }

func named() { time.Sleep(time.Second) }
