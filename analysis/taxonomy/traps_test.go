package taxonomy_test

import (
	"testing"

	"tongjian/analysis/taxonomy"
	"tongjian/corpus"
)

// TestTraps holds the statements that look like one category and are another.
func TestTraps(t *testing.T) {
	type codes = []corpus.CategoryCode
	tests := []struct {
		name, statement string
		want            codes
	}{
		{"理论 holds 治理", "政治理论学习抓得不紧", codes{"politics.study"}},
		{"学习贯彻决策部署", "贯彻落实上级决策部署不到位", codes{"politics.deployment"}},
		{"four kinds of 组织: building", "党组织战斗力不强", codes{"party.building"}},
		{"four kinds of 组织: life", "组织生活制度执行不严", codes{"party.life"}},
		{"four kinds of 组织: selection", "组织人事工作中选人用人程序不规范", codes{"organization.selection"}},
		{"编制 of a budget", "部门预算编制不科学", codes{"finance.budget"}},
		{"编制 of posts", "编制使用不规范", codes{"organization.staffing"}},
		{"未编制采购预算", "未编制采购预算", codes{"finance.budget", "procurement.purchasing"}},
		{"编外人员福利", "编外人员福利发放超标准", codes{"finance.allowance"}},
		{"minutes about suppliers", "会议记录未反映供应商比选情况", codes{"procurement.purchasing"}},
		{"会议经费", "会议经费支出超标准", codes{"conduct.vehicle"}},
		{"会议纪念馆 is a unit", "起义会议纪念馆展陈更新缓慢", codes{"politics.duties"}},
		{"selection before talent", "选人用人和干部人才队伍建设有差距", codes{"organization.selection"}},
		{"执法人员不足", "执法人员不足", codes{"organization.staffing"}},
		{"粮食储备 is no 后备", "粮食储备管理不严", codes{"politics.duties"}},
		{"廉洁隐患", "岗位存在廉洁隐患", codes{"integrity.risk"}},
		{"安全文明施工费", "安全文明施工费未支付", codes{"governance.project"}},
		{"数据安全", "数据安全管理不到位", codes{"governance.it"}},
		{"意识形态安全", "意识形态安全责任落实不到位", codes{"politics.ideology"}},
		{"公开招标", "不公开招标", codes{"procurement.tendering"}},
		{"党务公开", "党务公开不规范", codes{"party.building"}},
		{"警示教育", "警示教育不深入", codes{"integrity.risk"}},
		{"党员教育", "党员教育不经常", codes{"party.membership"}},
		{"学习教育", "学习教育不扎实", codes{"politics.study"}},
		{"行政经费拨入工会", "行政经费拨入工会账户", codes{"finance.accounting"}},
		{"工会发福利", "工会违规发放福利", codes{"finance.allowance"}},
		{"食堂 by the verb: purchasing", "食堂食材采购未比价", codes{"procurement.purchasing"}},
		{"食堂 by the verb: hospitality", "在内部食堂违规接待", codes{"conduct.hospitality"}},
		{"食堂 by the verb: outsourcing", "食堂对外承包经营监管缺失", codes{"procurement.outsourcing"}},
		{"食堂 by the verb: people", "营养餐质量差，家长不满意", codes{"livelihood.people"}},
		{"制度 goes to its topic: major", "“三重一大”制度不健全", codes{"decision.major"}},
		{"制度 goes to its topic: control", "财务制度不健全", codes{"finance.control"}},
		{"制度 itself", "内部管理制度不健全", codes{"governance.institution"}},
		{"责任制 is never 制度", "安全生产责任制落实不力", codes{"governance.safety"}},
		{"earlier finding persists", "上轮巡察指出的超编问题仍然存在", codes{"rectification.inspection", "organization.staffing"}},
		{"earlier finding alone", "上轮巡察指出的超编问题整改不到位", codes{"rectification.inspection"}},
		{"earlier finding behind the topic", "财务管理混乱，上轮巡察指出后仍未改", codes{"finance.control", "rectification.inspection"}},
		{"责任 of food safety", "食品安全主体责任落实不到位", codes{"governance.safety"}},
		{"责任 of Party building", "党建主体责任落实不到位", codes{"party.building"}},
		{"责任 of self-governance", "全面从严治党主体责任落实不到位", codes{"integrity.responsibility"}},
		{"财政监督", "财政监督职能发挥不充分", codes{"politics.duties"}},
		{"村务监督", "村务监督流于形式", codes{"livelihood.people"}},
		{"纪委监督", "纪委监督责任落实不到位", codes{"integrity.supervision"}},
		{"日常监督管理 of cadres", "干部日常监督管理不严", codes{"organization.personnel"}},
		{"融资平台", "融资平台债务化解不力", codes{"politics.duties"}},
		{"政采云平台", "未在政采云平台采购", codes{"procurement.purchasing"}},
		{"舆论平台", "舆论平台管理不严", codes{"politics.ideology"}},
		{"网络犯罪", "打击网络犯罪力度不够", codes{"politics.duties"}},
		{"系统谋划", "对产业发展系统谋划不够", codes{"politics.duties"}},
		{"津补贴", "违规发放津补贴", codes{"finance.allowance"}},
		{"惠农补贴", "惠农补贴发放不规范", codes{"finance.special_fund"}},
		{"差旅补助", "差旅补助超标准发放", codes{"conduct.vehicle"}},
		{"培训变相旅游", "以培训名义公款旅游", codes{"conduct.vehicle", "conduct.hospitality"}},
		{"招商项目", "招商项目推进缓慢", codes{"politics.duties"}},
		{"工程项目", "工程项目管理混乱", codes{"governance.project"}},
		{"项目资金", "项目资金被挪用", codes{"finance.special_fund"}},
		{"信息化项目", "信息化项目缺乏论证", codes{"governance.it"}},
		{"设备采购", "医疗设备采购不规范", codes{"procurement.purchasing"}},
		{"设备闲置", "医疗设备长期闲置", codes{"finance.asset"}},
		{"行政化 is no staffing", "群团工作行政化、机关化倾向", codes{"conduct.formalism"}},
		{"重形式轻执行", "制度建设重形式轻执行", codes{"conduct.formalism"}},
		{"谈心谈话", "谈心谈话开展不经常", codes{"integrity.responsibility"}},
		{"谈心谈话 before 民主生活会", "民主生活会前谈心谈话不充分", codes{"party.life"}},
		{"第一种形态", "运用“第一种形态”不够", codes{"integrity.supervision"}},
		{"科研经费", "科研经费使用不规范", codes{"finance.special_fund"}},
		{"非税票据", "非税票据管理不规范", codes{"finance.revenue"}},
		{"generic triad", "党的领导弱化，党的建设缺失，全面从严治党不力",
			codes{"decision.leadership", "party.building", "integrity.responsibility"}},
		{"business without a keyword", "观测站点布局不合理", codes{"politics.duties"}},
	}
	tx := load(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := codesOf(tx.Classify(taxonomy.Input{Statement: tt.statement}))
			if !sameSet(got, tt.want) || got[0] != tt.want[0] {
				t.Errorf("%s: got %v, want %v", tt.statement, got, tt.want)
			}
		})
	}
}

// TestMeasuresAddNothing is the last trap: measures reuse the words of other categories.
func TestMeasuresAddNothing(t *testing.T) {
	in := taxonomy.Input{Statement: "固定资产管理不规范", Kind: taxonomy.Measures,
		Account: "一是召开党组会专题研究，组织学习财务制度。二是修订《采购管理办法》，签订补充合同。三是严格公务用车管理。"}
	got := codesOf(load(t).Classify(in))
	if len(got) != 1 || got[0] != "finance.asset" {
		t.Errorf("got %v, want finance.asset alone", got)
	}
}
