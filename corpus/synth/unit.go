package synth

import "strings"

// Unit is an invented inspected organisation.
type Unit struct {
	Name   string // 清澜市商务局
	Short  string // 市商务局
	Sector string // as gazetteer.Sector calls it
	place  Place
	word   string   // what the unit calls itself: 局
	body   string   // its Party body: 党组
	work   []string // its work, in a few words
}

// PartyBody returns the full name of the unit's Party body.
func (u *Unit) PartyBody() string { return "中共" + u.Name + u.body }

// office is a kind of unit that every place has.
type office struct {
	name, sector, word, body, work string
}

// offices lists the kinds of unit. Where name begins with a place word it is dropped for the place.
var offices = []office{
	{"商务局", "商务", "局", "党组", "招商引资 外贸促进 商贸流通 口岸服务"},
	{"教育局", "教育", "局", "党组", "义务教育 校园管理 教师队伍建设 职业教育"},
	{"卫生健康局", "卫健", "局", "党委", "公共卫生服务 医疗服务 基层卫生 疾病防控"},
	{"住房和城乡建设局", "住建", "局", "党组", "住房保障 老旧小区改造 建筑业管理 城市建设"},
	{"农业农村局", "农业农村", "局", "党组", "粮食生产 农产品质量监管 农村改革 高标准农田建设"},
	{"财政局", "财政", "局", "党组", "预算管理 国库集中支付 财政监督 政府债务管理"},
	{"交通运输局", "交通", "局", "党组", "农村公路建设 道路运输管理 公路养护 港航管理"},
	{"自然资源局", "自然资源", "局", "党组", "耕地保护 不动产登记 规划管理 矿产管理"},
	{"审计局", "审计", "局", "党组", "审计监督 审计项目管理 经济责任审计"},
	{"生态环境局", "生态环境", "局", "党组", "大气污染防治 水环境治理 环境执法 固废监管"},
	{"水利局", "水利", "局", "党组", "河湖管理 水资源保护 农村饮水 防汛抗旱"},
	{"司法局", "司法", "局", "党组", "人民调解 法律援助 社区矫正 行政复议"},
	{"民政局", "民政", "局", "党组", "社会救助 养老服务 殡葬管理 社会组织管理"},
	{"人力资源和社会保障局", "人社", "局", "党组", "就业服务 社会保险 劳动维权 技能培训"},
	{"医疗保障局", "医保", "局", "党组", "医保基金监管 待遇保障 经办服务"},
	{"市场监督管理局", "市场监管", "局", "党组", "食品监管 市场秩序监管 质量提升 登记注册"},
	{"应急管理局", "应急", "局", "党委", "安全监管 防灾减灾 应急处置 救灾物资管理"},
	{"文化广电旅游局", "文旅", "局", "党组", "公共文化服务 旅游市场管理 文物保护 文艺创作"},
	{"科学技术局", "科技", "局", "党组", "科技创新 成果转化 科研项目管理"},
	{"工业和信息化局", "工信", "局", "党组", "工业经济运行 技术改造 企业培育 数字化转型"},
	{"发展和改革局", "发改", "局", "党组", "项目审批 规划编制 价格管理 重点项目推进"},
	{"统计局", "统计", "局", "党组", "统计调查 数据质量管理 普查"},
	{"信访局", "信访", "局", "党组", "信访接待 矛盾化解 督查督办"},
	{"城市管理局", "城管", "局", "党组", "市容管理 环境卫生 垃圾分类 综合执法"},
	{"退役军人事务局", "退役军人", "局", "党组", "优抚安置 双拥 就业创业扶持"},
	{"林业局", "林草", "局", "党组", "森林防火 造林绿化 林地管理"},
	{"供销合作社联合社", "供销", "社", "党委", "农资供应 社有企业管理 为农服务"},
	{"人民医院", "医院", "院", "党委", "医疗质量管理 学科建设 临床诊疗"},
	{"职业技术学校", "学校", "校", "党总支", "专业建设 学生管理 校企合作"},
	{"城市建设投资集团有限公司", "国企", "公司", "党委", "片区开发 城市运营 产业培育"},
	{"经济开发区", "开发区", "区", "党工委", "园区招商 企业服务 基础设施建设"},
	{"文学艺术界联合会", "文联", "会", "党组", "文艺创作 协会管理 文艺惠民"},
}

// chosen are the first units, several sectors and levels, so that a small corpus shows what there is: the place's index in
// Places and the office's index.
var chosen = [][2]int{{1, 0}, {1, 1}, {17, 4}, {1, 3}, {2, 6}, {17, 2}, {1, 27}, {18, 5}, {2, 29}, {0, 7}, {19, 15}, {1, 10}}

// Units returns the first n invented units; fewer where there are not so many.
func Units(n int) []*Unit {
	places := Places()
	units := make([]*Unit, 0, n)
	taken := map[[2]int]bool{}
	add := func(at [2]int) {
		if len(units) < n && !taken[at] {
			taken[at] = true
			units = append(units, newUnit(places[at[0]], offices[at[1]]))
		}
	}
	for _, at := range chosen {
		add(at)
	}
	// A place after the other, a different office each time, until every place has every office.
	for round := range offices {
		for p := 1; p < len(places); p++ {
			add([2]int{p, (p + round) % len(offices)})
		}
	}
	return units
}

// newUnit makes the unit that an office is at a place.
func newUnit(p Place, o office) *Unit {
	u := &Unit{place: p, word: o.word, body: o.body, Sector: o.sector, work: strings.Fields(o.work)}
	name := o.name
	if p.City == "" {
		name = strings.TrimSuffix(name, "局") + "厅"
		u.word = "厅"
	}
	u.Name = p.own() + name
	u.Short = p.word() + name
	return u
}
