namespace Sluice.Configuration.Policies;

public enum StringMatchType
{
    Exact,
    Prefix,
    Suffix,
    Contains,
    RegularExpression,
}
