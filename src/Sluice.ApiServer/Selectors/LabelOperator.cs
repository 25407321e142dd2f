namespace Sluice.ApiServer.Selectors;

/// <summary>Equality is a set of one.</summary>
internal enum LabelOperator
{
    In,
    NotIn,
    Exists,
    Absent,
    Greater,
    Less,
}
