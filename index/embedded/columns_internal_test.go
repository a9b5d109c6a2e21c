package embedded

// This test is internal because nobody outside can see the columns.

import (
	"reflect"
	"testing"
)

// TestColumnSize checks what a passage takes in memory: 16 bytes for what is counted and ranked by, and where its text is.
func TestColumnSize(t *testing.T) {
	size := 0
	for i := range reflect.TypeFor[columns]().NumField() {
		size += int(reflect.TypeFor[columns]().Field(i).Type.Elem().Size())
	}
	if place := int(reflect.TypeFor[columns]().Field(6).Type.Elem().Size()); size-place > 16 {
		t.Errorf("a passage takes %d bytes and %d for the place of its text, want 16", size-place, place)
	}
}

// TestColumnsGrow checks that sets are kept once, and that places of sets of categories and of their domains agree.
func TestColumnsGrow(t *testing.T) {
	w := newWriter()
	first := w.categories([]string{"finance.asset", "finance.cash", "party.fees"})
	second := w.categories([]string{"party.fees"})
	if again := w.categories([]string{"finance.asset", "finance.cash", "party.fees"}); again != first || second == first {
		t.Errorf("sets at %d, %d and again %d", first, second, again)
	}
	for _, tt := range []struct {
		place uint32
		want  []string
	}{{first, []string{"finance", "party"}}, {second, []string{"party"}}, {w.categories(nil), []string{""}}} {
		var got []string
		for i, n := range w.domainSets[tt.place:] {
			if n == 0 && i > 0 {
				break
			}
			got = append(got, w.dicts[dictDomain].values[n])
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("domains at %d: %v, want %v", tt.place, got, tt.want)
		}
	}
	if a, b := w.actionSet([]string{"study", "plan"}), w.actionSet([]string{"plan", "study"}); a != b {
		t.Errorf("the same kinds in another order are at %d and %d", a, b)
	}
}
