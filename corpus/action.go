package corpus

// ActionKind says what kind of thing was done about a finding.
type ActionKind string

// The kinds of action. What makes a text one of them, the rules of analysis/rectify say.
const (
	Study            ActionKind = "study"             // 学习传达
	Training         ActionKind = "training"          // 培训、宣讲、警示教育
	Meeting          ActionKind = "meeting"           // 开会研究部署
	Talk             ActionKind = "talk"              // 谈心谈话、约谈提醒
	Instruction      ActionKind = "instruction"       // 印发通知、提出要求
	Plan             ActionKind = "plan"              // 制定方案、计划、清单
	Pledge           ActionKind = "pledge"            // 承诺书、责任书、检视剖析
	Coordination     ActionKind = "coordination"      // 对接、协调、发函、请示
	RuleMaking       ActionKind = "rule_making"       // 制定、修订制度
	SelfCheck        ActionKind = "self_check"        // 自查、排查、清理核对
	Supervision      ActionKind = "supervision"       // 督查、抽查、考核、审计
	Outreach         ActionKind = "outreach"          // 走访、服务、办实事
	ProcedureRedone  ActionKind = "procedure_redone"  // 补办手续、重新招标、补签合同
	RecordsCorrected ActionKind = "records_corrected" // 补录、更正、调账、归档
	FaultStopped     ActionKind = "fault_stopped"     // 停止、取消、拆除、解除
	MoneyRecovered   ActionKind = "money_recovered"   // 清退、追缴、上缴、收回
	MoneyPaid        ActionKind = "money_paid"        // 拨付、兑付、退还
	Accountability   ActionKind = "accountability"    // 追责问责、处分、批评教育
	Staffing         ActionKind = "staffing"          // 调整、充实、配备人员
	WorksDelivered   ActionKind = "works_delivered"   // 建成、维修、上线、验收
)

// ActionKinds lists the kinds in the order in which they are shown: words first, then deeds.
var ActionKinds = []ActionKind{
	Study, Training, Meeting, Talk, Instruction, Plan, Pledge, Coordination,
	RuleMaking, SelfCheck, Supervision, Outreach, ProcedureRedone, RecordsCorrected, FaultStopped,
	MoneyRecovered, MoneyPaid, Accountability, Staffing, WorksDelivered,
}

// WordsOnly reports whether an action of this kind says, plans or asks for something and by itself changes nothing about
// what was found.
func (k ActionKind) WordsOnly() bool {
	switch k {
	case Study, Training, Meeting, Talk, Instruction, Plan, Pledge, Coordination:
		return true
	}
	return false
}

// Chinese returns the name of the kind as users read it.
func (k ActionKind) Chinese() string {
	switch k {
	case Study:
		return "学习传达"
	case Training:
		return "培训宣教"
	case Meeting:
		return "会议研究"
	case Talk:
		return "谈话提醒"
	case Instruction:
		return "印发要求"
	case Plan:
		return "方案计划"
	case Pledge:
		return "承诺剖析"
	case Coordination:
		return "对接协调"
	case RuleMaking:
		return "建章立制"
	case SelfCheck:
		return "自查排查"
	case Supervision:
		return "监督检查"
	case Outreach:
		return "走访服务"
	case ProcedureRedone:
		return "补办手续"
	case RecordsCorrected:
		return "更正补录"
	case FaultStopped:
		return "停止纠正"
	case MoneyRecovered:
		return "追缴清退"
	case MoneyPaid:
		return "拨付兑付"
	case Accountability:
		return "追责问责"
	case Staffing:
		return "人员调整"
	case WorksDelivered:
		return "建成办结"
	}
	return string(k)
}

// Action is one thing that a finding's measures or account say was done, with the words that say so: Text is always the
// bytes of Document.Text that Span covers. Rule names the rule of analysis/rectify that the words fulfil.
type Action struct {
	Kind ActionKind `json:"kind"`
	Text string     `json:"text"`
	Span Span       `json:"span"`
	Rule string     `json:"rule,omitempty"`
}

// Substance says what a finding was answered with. The empty Substance is that of a document that answers nothing: a
// report or a feedback.
type Substance string

// The substances.
const (
	Deeds    Substance = "deeds" // at least one action that is more than words
	Words    Substance = "words" // actions, words only
	NoAction Substance = "none"  // no action that the rules know
)

// Substances lists the substances in the order in which they are shown.
var Substances = []Substance{Deeds, Words, NoAction}

// Chinese returns the name of the substance as users read it.
func (s Substance) Chinese() string {
	switch s {
	case Deeds:
		return "有实际举措"
	case Words:
		return "仅有学习会议等"
	case NoAction:
		return "未见具体举措"
	}
	return string(s)
}
