package recur_test

import (
	"testing"

	"tongjian/analysis/recur"
	"tongjian/corpus"
)

func TestIdentity(t *testing.T) {
	for _, name := range []string{
		"清澜市商务局", "中共清澜市商务局党组", "清澜市商务局（含口岸办）", " 清澜市 商务局党组 ", "清瀾市商務局", "清澜市商务局领导班子",
	} {
		if got := recur.Identity(name); got != "清澜市商务局" {
			t.Errorf("%s is %s", name, got)
		}
	}
	if got := recur.Identity("市委党委"); got != "市委" {
		t.Errorf("市委党委 is %s", got)
	}
}

// TestUnitsOfOneNameAreNotOne: a unit that does not say of which place it is, is another unit in every place.
func TestUnitsOfOneNameAreNotOne(t *testing.T) {
	in := func(n int, unit string, city corpus.Fact, year corpus.Year) *corpus.Document {
		d := doc(n, unit, year, corpus.InspectionReport, "party.fees", "党费收缴不规范，未足额缴纳")
		d.Region = corpus.Region{Province: "云岭省", City: city}
		if city == "" {
			d.Region = corpus.Region{}
		}
		return d
	}
	for _, c := range []struct {
		name         string
		first, later *corpus.Document
		repeats      int
	}{
		{"the same place", in(1, "市商务局", "清澜市", 2019), in(2, "清澜市商务局", "清澜市", 2023), 1},
		{"another place", in(1, "市商务局", "清澜市", 2019), in(2, "市商务局", "栖川市", 2023), 0},
		{"places not known", in(1, "市商务局", "", 2019), in(2, "市商务局", "", 2023), 0},
		{"a full name, place not known", in(1, "清澜市商务局", "", 2019), in(2, "清澜市商务局", "", 2023), 1},
		{"no place named", in(1, "商务局", "", 2019), in(2, "商务局", "", 2023), 0},
		{"no place named, but known", in(1, "商务局", "清澜市", 2019), in(2, "清澜市商务局", "", 2023), 1},
		{"a company", in(1, "云岭矿冶集团", "", 2019), in(2, "云岭矿冶集团", "清澜市", 2023), 1},
		{"a longer full name", in(1, "清澜市住房和城乡建设局", "", 2019), in(2, "清澜市住房和城乡建设局", "", 2023), 1},
		{"市场 is no place", in(1, "市场监督管理局", "清澜市", 2019), in(2, "清澜市市场监督管理局", "清澜市", 2023), 1},
	} {
		if _, n := model(t, []*corpus.Document{c.first, c.later}).Repeats(recur.Query{}); n != c.repeats {
			t.Errorf("%s: %d repeats, want %d", c.name, n, c.repeats)
		}
	}
}
