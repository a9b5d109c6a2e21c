package parse

import "sync"

// scripts holds the traditional characters of the vocabulary that metadata is read by, each followed by its simplified
// form. Only rules see the folded text; every value is printed as the source has it.
const scripts = "視视組组關关於于進进開开對对黨党縣县區区級级總总報报導导結结問问題题審审計计發发現现實实業业務务長长會会議议與与為为個个項项類类見见間间時时處处學学習习紀纪監监領领幹干輪轮屆届輛辆責责統统體体點点邊边單单團团隊队產产東东廣广雲云貴贵寧宁門门陽阳陰阴龍龙馬马鄉乡鎮镇醫医衛卫農农資资數数據据庫库應应當当條条節节線线從从這这說说種种來来動动後后該该還还訓训績绩稱称佈布廠厂場场萬万億亿電电達达給给優优職职稅税財财環环護护協协調调園园饋馈執执況况採采購购檢检聯联機机專专標标準准設设備备辦办號号嚴严陸陆參参壹一貳二叁三肆四伍五拾十"

// simplified maps the traditional characters of scripts. It is made once and not changed.
var simplified = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	runes := []rune(scripts)
	for i := 0; i+1 < len(runes); i += 2 {
		table[runes[i]] = runes[i+1]
	}
	return table
})
