package synth

// province is where all places of the package lie. It does not exist.
const province = "云岭省"

// cities of the province, none of them real.
var cities = []string{
	"清澜市", "栖川市", "澄陵市", "岚宁市", "泽屏市", "霁州市", "沅浦市", "望澜市", "璧源市", "沧岭市", "朔溪市", "浔岭市", "汀梧市", "临霄市",
	"锦堰市", "曲岚市",
}

// counties of the cities, eight to a city, none of them real.
var counties = []string{
	"青禾县", "柏垣县", "松屿区", "鹿坞县", "桐陵区", "雁浦县", "枫岫区", "石峪县",
}

// countyHeads and countyTails name the counties of the other cities: a head for each city, a tail for each county.
var (
	countyHeads = []string{"青", "棠", "槐", "樨", "荻", "蓼", "芷", "蕲", "茗", "菱", "葭", "蘅", "椿", "榆", "楠", "杉"}
	countyTails = []string{"禾县", "垣县", "屿区", "坞县", "埠区", "渚县", "岫区", "峪县"}
)

// Place is an invented place: a province, a city or a county.
type Place struct {
	Province, City, County string
}

// word returns what the place calls itself: 省, 市, 县 or 区.
func (p Place) word() string {
	name := p.Name()
	return name[len(name)-len("市"):]
}

// Name returns the name of the place itself.
func (p Place) Name() string {
	switch {
	case p.County != "":
		return p.County
	case p.City != "":
		return p.City
	}
	return p.Province
}

// full returns the place with all its levels.
func (p Place) full() string { return p.Province + p.City + p.County }

// own returns the place as units call themselves by: a county with its city where asked for.
func (p Place) own() string { return p.Name() }

// Places returns all invented places: the province, its cities and their counties.
func Places() []Place {
	places := []Place{{Province: province}}
	for _, c := range cities {
		places = append(places, Place{Province: province, City: c})
	}
	for i, c := range cities {
		for j := range countyTails {
			name := countyHeads[i] + countyTails[j]
			if i == 0 {
				name = counties[j]
			}
			places = append(places, Place{Province: province, City: c, County: name})
		}
	}
	return places
}
