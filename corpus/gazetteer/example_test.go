package gazetteer_test

import (
	"fmt"

	"tongjian/corpus/gazetteer"
)

func ExampleGazetteer_Resolve() {
	g := gazetteer.Default()
	for _, unit := range []string{"中共宽甸满族自治县某某局党组", "江门鹤山市某某局", "北京市朝阳区某某局", "朝阳区某某局", "云岭省清澜市某某局"} {
		r, _, ok := g.Resolve(unit)
		fmt.Printf("%v %q %q %q %q\n", ok, r.Province, r.City, r.County, r.Code)
	}
	// Output:
	// true "辽宁省" "丹东市" "宽甸满族自治县" "210624"
	// true "广东省" "江门市" "鹤山市" "440784"
	// true "北京市" "" "朝阳区" "110105"
	// false "" "" "" ""
	// true "云岭省" "清澜市" "" ""
}

func ExampleParseUnit() {
	n := gazetteer.ParseUnit("中共清澜市科技局党组（科协）")
	fmt.Println(n.Unit, n.PartyBody, n.Alias, gazetteer.Sector(n.Unit))
	// Output: 清澜市科技局 中共清澜市科技局党组 科协 科技
}
