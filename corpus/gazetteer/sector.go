package gazetteer

import "strings"

// Sector returns the line of work of a unit by its name: 教育, 卫健, 住建, 商务 …; "" where the name does not say.
//
// What the unit is decides first, by how its name ends (a 卫生院 of a 镇 is a 医院, a 党校 is a 党校); else what it does,
// by the earliest word for it, because of two joined bureaus the first is the main one (发展改革和科技局 is 发改). A
// Party body behind the name and brackets do not matter.
func Sector(unit string) string {
	name := ParseUnit(unit).Unit
	trimmed := trimAny(name, "人民政府", "党政办公室", "办事处", "管理委员会", "管委会", "村民委员会", "居民委员会")
	for _, k := range kinds {
		if endsAny(trimmed, k.words) {
			return k.sector
		}
	}
	// 民政 must not be read out of 人民政府.
	name = strings.ReplaceAll(name, "人民政府", "")
	best, at, length := "", len(name), 0
	for _, f := range fields {
		for _, w := range f.words {
			i := strings.Index(name, w)
			if i >= 0 && (i < at || i == at && len(w) > length) {
				best, at, length = f.sector, i, len(w)
			}
		}
	}
	return best
}

// Sectors returns all lines of work that Sector knows, in the order of the table.
func Sectors() []string {
	var all []string
	seen := map[string]bool{}
	for _, list := range [][]line{fields, kinds} {
		for _, l := range list {
			if !seen[l.sector] {
				seen[l.sector] = true
				all = append(all, l.sector)
			}
		}
	}
	return all
}

// line is a line of work and the words that tell it.
type line struct {
	sector string
	words  []string
}
