namespace Sluice.Configuration;

public enum ValueMatchType
{
    Exact,

    /// <summary>The whole value must match (linear time, no backtracking).</summary>
    RegularExpression,
}
