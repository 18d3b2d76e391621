package event

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"resiltui/internal/engine/breaker"
)

// plainCall is an ordinary call.
func plainCall() Event {
	return Event{Kind: CallEnded, Seq: 9, At: 60 * ms, Batch: 7, Sensor: 2, Call: Call{
		Number: 7, Start: 10 * ms, Took: 50 * ms, Value: 4.16, SourceAt: 55 * ms, Result: Live, Served: true,
		Attempts: 1, InFlight: 1, Admitted: true,
		Circuit: breaker.Circuit{FailuresToTrip: 5, SlowToTrip: 9, Sample: breaker.Sample{Calls: 8, Failures: 2, Slow: 1}},
	}}
}

// eachNumber calls do with each number, truth value and text within v, and its name.
func eachNumber(name string, v reflect.Value, do func(name string, v reflect.Value)) {
	if v.Kind() != reflect.Struct {
		do(name, v)
		return
	}
	for i := range v.NumField() {
		eachNumber(name+"."+v.Type().Field(i).Name, v.Field(i), do)
	}
}

// others are values that v does not have.
func others(v reflect.Value) []any {
	switch v.Kind() {
	case reflect.Bool:
		return []any{!v.Bool()}
	case reflect.Int, reflect.Int64:
		return []any{v.Int() + 1, int64(math.MaxInt32), int64(math.MaxInt32 + 1), int64(-1), int64(math.MinInt64), int64(math.MaxInt64)}
	case reflect.Uint8:
		return []any{v.Uint() + 1}
	case reflect.Uint64:
		return []any{v.Uint() + 1, uint64(math.MaxInt32 + 1), uint64(math.MaxUint64)}
	case reflect.Float64:
		return []any{v.Float() + 1}
	case reflect.String:
		return []any{"refused"}
	case reflect.Slice:
		return []any{[]Try{}, []Try{{Took: ms}}}
	default:
		return nil
	}
}

// Whatever number of a call is another, none is lost: the call is kept as it is, or is
// no ordinary one.
func TestAnOrdinaryCallLosesNothing(t *testing.T) {
	kept := map[bool]int{}
	check := func(name string, e *Event) {
		var o Ordinary
		ordinary := o.Set(e)
		kept[ordinary]++
		if !ordinary {
			return
		}
		again := plainCall() // what it holds does not stay
		if o.Event(&again); !reflect.DeepEqual(again, *e) {
			t.Errorf("%s: it was\n%+v\nis\n%+v", name, *e, again)
		}
		again = Event{}
		if o.Event(&again); !reflect.DeepEqual(again, *e) {
			t.Errorf("%s: it was\n%+v\nis, in an empty event,\n%+v", name, *e, again)
		}
	}
	e := plainCall()
	check("the plain one", &e)
	for _, field := range []string{"Seq", "At", "Batch", "Sensor", "Kind", "Call"} {
		eachNumber(field, reflect.ValueOf(&e).Elem().FieldByName(field), func(name string, v reflect.Value) {
			was := reflect.ValueOf(v.Interface())
			values := others(v)
			if len(values) == 0 {
				t.Errorf("%s is not tested", name)
			}
			for _, x := range values {
				v.Set(reflect.ValueOf(x).Convert(v.Type()))
				check(fmt.Sprint(name, " = ", x), &e)
			}
			v.Set(was)
		})
	}
	if kept[true] < 30 || kept[false] < 30 {
		t.Errorf("%d calls are ordinary, %d are not", kept[true], kept[false])
	}
}
