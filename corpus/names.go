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
