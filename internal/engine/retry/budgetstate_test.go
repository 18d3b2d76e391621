package retry

import "testing"

func TestABudgetGoesOnFromAnother(t *testing.T) {
	old, err := NewBudget(10, 0.1)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		old.Failure()
	}
	old.refused.Add(2)
	copied := old.Copy()
	old.Failure()
	if s := copied.State(); s.Tokens != 6 || s.Max != 10 || s.Ratio != 0.1 || s.Refused != 2 {
		t.Errorf("%+v", s)
	}
	next, err := NewBudget(5, 0.2)
	if err != nil {
		t.Fatal(err)
	}
	next.TakeOver(copied)
	if s := next.State(); s.Tokens != 3 || s.Max != 5 || s.Ratio != 0.2 || s.Refused != 2 {
		t.Errorf("%+v", s)
	}
}
