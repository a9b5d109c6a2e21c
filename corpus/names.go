package corpus

// Chinese returns the name of the status as users read it.
func (s Status) Chinese() string {
	switch s {
	case Done:
		return "已完成"
	case DoneSustained:
		return "已完成并长期坚持"
	case Partial:
		return "阶段性完成"
	case InProgress:
		return "正在整改"
	case NotDone:
		return "未完成"
	case Unstated:
		return "未说明"
	}
	return string(s)
}

// Chinese returns the name of the kind of document as users read it.
func (t DocType) Chinese() string {
	switch t {
	case InspectionReport:
		return "巡视巡察情况报告"
	case Feedback:
		return "反馈意见"
	case RectificationNotice:
		return "整改进展通报"
	case AuditRectification:
		return "审计整改报告"
	case OtherDocument:
		return "其他文件"
	}
	return string(t)
}

// Chinese returns the name of the level as users read it, 未知 for the empty one.
func (l Level) Chinese() string {
	switch l {
	case Central:
		return "中央"
	case Provincial:
		return "省级"
	case Municipal:
		return "市级"
	case County:
		return "县级"
	case "":
		return "未知"
	}
	return string(l)
}

// Chinese returns the name of the kind of passage as users read it.
func (k Kind) Chinese() string {
	switch k {
	case KindFinding:
		return "问题"
	case KindSection:
		return "其他段落"
	}
	return string(k)
}

// Chinese returns the name of the field as users read it.
func (f Field) Chinese() string {
	switch f {
	case FieldUnit:
		return "单位"
	case FieldRegion:
		return "地区"
	case FieldSector:
		return "系统"
	case FieldLevel:
		return "层级"
	case FieldInspector:
		return "巡察组"
	case FieldRound:
		return "轮次"
	case FieldYear:
		return "年份"
	case FieldDate:
		return "日期"
	case FieldType:
		return "文件类型"
	case FieldStatus:
		return "整改状态"
	case FieldAction:
		return "整改措施类型"
	case FieldSubstance:
		return "整改实质"
	case FieldCategory:
		return "问题类别"
	case FieldDomain:
		return "问题领域"
	case FieldDocument:
		return "文件"
	case FieldKind:
		return "段落"
	}
	return string(f)
}

// Chinese returns the name of the kind of warning as users read it.
func (w WarningCode) Chinese() string {
	switch w {
	case CountDiffers:
		return "读出的问题数与文中所称不符"
	case NumberingGap:
		return "编号有缺"
	case NumberingRepeat:
		return "编号重复"
	case DateRepaired:
		return "日期有损，已修复"
	case DateUnreadable:
		return "日期读不出"
	case EncodingGuessed:
		return "编码未声明，系推测"
	case Redacted:
		return "名称或数字有隐去"
	case DuplicateFinding:
		return "问题重复粘贴，只计一次"
	case NoFinding:
		return "没有读出问题"
	case UnitUnknown:
		return "单位不明"
	case YearUnknown:
		return "年份不明"
	case LookAlike:
		return "形似而非巡察文件"
	case TextDamaged:
		return "文字有缺损"
	case TextRepaired:
		return "文字有损，已修复"
	case ClaimDiffers:
		return "文中所称的数字互相矛盾"
	case HiddenContent:
		return "有隐藏的内容没有读取"
	}
	return string(w)
}

// WarningCodes lists the kinds of warning in the order in which they are shown: what concerns figures first.
var WarningCodes = []WarningCode{
	CountDiffers, ClaimDiffers, NoFinding, UnitUnknown, YearUnknown, DuplicateFinding, NumberingGap, NumberingRepeat,
	DateUnreadable, DateRepaired, TextDamaged, TextRepaired, Redacted, EncodingGuessed, LookAlike,
	HiddenContent,
}
