package gazetteer_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"tongjian/corpus/gazetteer"
)

func TestParseUnit(t *testing.T) {
	tests := []struct {
		raw  string
		want gazetteer.UnitName
	}{
		{"中共清澜市商务局党组", gazetteer.UnitName{Unit: "清澜市商务局", PartyBody: "中共清澜市商务局党组"}},
		{"市商务局党委", gazetteer.UnitName{Unit: "市商务局", PartyBody: "市商务局党委"}},
		{"市商务局", gazetteer.UnitName{Unit: "市商务局"}},
		{"青禾市科工商务局党组（科协）", gazetteer.UnitName{Unit: "青禾市科工商务局", PartyBody: "青禾市科工商务局党组", Alias: "科协"}},
		{"青禾市科工商务局(科协)党组", gazetteer.UnitName{Unit: "青禾市科工商务局", PartyBody: "青禾市科工商务局党组", Alias: "科协"}},
		{"市商务局（含市招商服务中心，以下简称市商务局）党委", gazetteer.UnitName{Unit: "市商务局", PartyBody: "市商务局党委", Alias: "市商务局"}},
		{"市商务局党组（党委）", gazetteer.UnitName{Unit: "市商务局", PartyBody: "市商务局党组"}},
		{"中共 清澜市 教育局　党组", gazetteer.UnitName{Unit: "清澜市教育局", PartyBody: "中共清澜市教育局党组"}},
		{"市教育局党组领导班子", gazetteer.UnitName{Unit: "市教育局", PartyBody: "市教育局党组"}},
		{"中共清澜学院委员会", gazetteer.UnitName{Unit: "清澜学院", PartyBody: "中共清澜学院委员会"}},
		{"中共青禾县柳溪镇委员会", gazetteer.UnitName{Unit: "青禾县柳溪镇", PartyBody: "中共青禾县柳溪镇委员会"}},
		{"柳溪镇党委", gazetteer.UnitName{Unit: "柳溪镇", PartyBody: "柳溪镇党委"}},
		{"中共清澜市青禾区委", gazetteer.UnitName{Unit: "清澜市青禾区", PartyBody: "中共清澜市青禾区委"}},
		{"清澜市发展和改革委员会党组", gazetteer.UnitName{Unit: "清澜市发展和改革委员会", PartyBody: "清澜市发展和改革委员会党组"}},
		{"清澜市卫生健康委员会", gazetteer.UnitName{Unit: "清澜市卫生健康委员会"}},
		{"中共清澜市委宣传部", gazetteer.UnitName{Unit: "清澜市委宣传部", PartyBody: "中共清澜市委宣传部"}},
		{"青禾县委办公室机关党委", gazetteer.UnitName{Unit: "青禾县委办公室", PartyBody: "青禾县委办公室机关党委"}},
		{"中共清澜市委临港经济开发区工作委员会", gazetteer.UnitName{Unit: "临港经济开发区", PartyBody: "中共清澜市委临港经济开发区工作委员会"}},
		{"中共清澜市委市直属机关工作委员会", gazetteer.UnitName{Unit: "清澜市委市直属机关工作委员会", PartyBody: "中共清澜市委市直属机关工作委员会"}},
		{"南桥街道党工委", gazetteer.UnitName{Unit: "南桥街道", PartyBody: "南桥街道党工委"}},
		{"清澜城投集团党总支", gazetteer.UnitName{Unit: "清澜城投集团", PartyBody: "清澜城投集团党总支"}},
		{"党组", gazetteer.UnitName{Unit: "党组"}},
		{"", gazetteer.UnitName{}},
	}
	for _, tt := range tests {
		t.Run(tt.raw, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, gazetteer.ParseUnit(tt.raw)); diff != "" {
				t.Errorf("ParseUnit(%q) (-want +got):\n%s", tt.raw, diff)
			}
		})
	}
}

func TestSector(t *testing.T) {
	tests := []struct{ unit, want string }{
		{"清澜市教育局", "教育"}, {"青禾县教育体育局", "教育"}, {"县教体局党组", "教育"}, {"市招生考试院", "教育"},
		{"清澜市卫生健康委员会", "卫健"}, {"县卫健局", "卫健"}, {"县疾病预防控制中心", "卫健"},
		{"清澜市住房和城乡建设局", "住建"}, {"市商务局", "商务"}, {"市科工商务局党组", "商务"}, {"县招商服务中心", "商务"},
		{"市招商和投资促进局", "商务"}, {"市财政局", "财政"}, {"市审计局", "审计"}, {"市自然资源和规划局", "自然资源"},
		{"市生态环境局", "生态环境"}, {"县农业农村局", "农业农村"}, {"县乡村振兴局", "农业农村"}, {"市水务局", "水利"},
		{"市交通运输局", "交通"}, {"市公安局", "公安"}, {"市公安局交通管理局", "公安"}, {"市司法局", "司法"}, {"市民政局", "民政"},
		{"市人力资源和社会保障局", "人社"}, {"市医疗保障局", "医保"}, {"市市场监督管理局", "市场监管"}, {"市应急管理局", "应急"},
		{"市文化广电旅游体育局", "文旅"}, {"市体育局", "体育"}, {"市科学技术局", "科技"}, {"市工业和信息化局", "工信"},
		{"市发展和改革局", "发改"}, {"市发展改革和科技局", "发改"}, {"市人民政府国有资产监督管理委员会", "国资"}, {"市统计局", "统计"},
		{"市信访局", "信访"}, {"市档案馆", "档案"}, {"市委党校（行政学院）", "党校"}, {"市委组织部", "组织"}, {"市委宣传部", "宣传"},
		{"市融媒体中心", "宣传"}, {"市委统战部", "统战"}, {"市委政法委", "政法"}, {"市委编办", "编办"}, {"市总工会", "工会"},
		{"共青团清澜市委", "团委"}, {"市妇联", "妇联"}, {"市残疾人联合会", "残联"}, {"市科学技术协会", "科协"}, {"市供销合作社联合社", "供销"},
		{"市烟草专卖局", "烟草"}, {"清澜水务投资集团有限公司", "国企"}, {"清澜职业技术学院", "高校"}, {"清澜大学", "高校"},
		{"县第一中学", "学校"}, {"清澜卫生学校", "学校"}, {"教育局机关幼儿园", "学校"}, {"清澜大学附属医院", "医院"}, {"柳溪镇卫生院", "医院"},
		{"柳溪镇", "乡镇"}, {"柳溪镇人民政府", "乡镇"}, {"石桥乡", "乡镇"}, {"南桥街道办事处", "街道"}, {"南桥街道党工委", "街道"},
		{"柳溪镇新塘村", "村社区"}, {"南桥社区", "村社区"}, {"临港经济开发区管委会", "开发区"}, {"高新区", "开发区"},
		{"市人民法院", "法院"}, {"县人民检察院", "检察"}, {"市城市管理局", "城管"}, {"市政务服务中心", "政务服务"}, {"市税务局", "税务"},
		{"市林业局", "林草"}, {"市气象局", "气象"}, {"市退役军人事务局", "退役军人"}, {"市纪委监委", "纪检监察"}, {"市政府办公室", "党政办"},
		{"市机关事务管理局", "机关事务"}, {"某某所", ""}, {"", ""},
	}
	known := gazetteer.Sectors()
	if len(known) < 40 {
		t.Errorf("%d sectors, want 40 or more", len(known))
	}
	for _, tt := range tests {
		t.Run(tt.unit, func(t *testing.T) {
			got := gazetteer.Sector(tt.unit)
			if got != tt.want {
				t.Errorf("Sector(%q) = %q, want %q", tt.unit, got, tt.want)
			}
			if got != "" && !slices.Contains(known, got) {
				t.Errorf("Sectors() lacks %q", got)
			}
		})
	}
}
