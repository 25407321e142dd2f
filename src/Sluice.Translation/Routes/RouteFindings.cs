using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Collects what is wrong with a route while its rules are compiled, and judges it at the end.</summary>
internal sealed class RouteFindings
{
    private const int Shown = 8;
    private List<Finding>? _invalid;
    private List<Finding>? _unresolved;

    /// <summary>A value that cannot be served. The message names the field.</summary>
    public void Invalid(Finding finding) => (_invalid ??= []).Add(finding);

    /// <summary>A reference that does not resolve. The message names the field.</summary>
    public void Unresolved(Finding finding) => (_unresolved ??= []).Add(finding);

    public int InvalidCount => _invalid?.Count ?? 0;

    /// <param name="anyRuleServed">Whether at least one rule does what it says: then the route is accepted.</param>
    public RouteVerdict Judge(bool anyRuleServed)
    {
        if (_invalid is null && _unresolved is null)
            return RouteVerdict.Fine;
        var unresolved = _unresolved is null ? null : Join("", _unresolved);
        if (_invalid is null)
            return new RouteVerdict(null, null, unresolved);
        return anyRuleServed
            ? new RouteVerdict(null, Join("Dropped Rule: ", _invalid), unresolved)
            : new RouteVerdict(Join("", _invalid), null, unresolved);
    }

    // The first reason stands for all: a condition has one.
    private static Finding Join(string prefix, List<Finding> findings)
    {
        var message = prefix + string.Join("; ", findings.Take(Shown).Select(finding => finding.Message));
        return new Finding(findings[0].Reason, findings.Count > Shown ? $"{message}; and {findings.Count - Shown} more" : message);
    }
}
